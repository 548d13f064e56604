-- What was given up after its last try stays until somebody replays it or sets it aside, with a reason.
alter table event_parked
  add column set_aside_at timestamptz,
  add column set_aside_by text,
  add column set_aside_reason text;
create index event_parked_by_time on event_parked (parked_at desc);

alter table caught_mail
  add column set_aside_at timestamptz,
  add column set_aside_by text,
  add column set_aside_reason text;
create index caught_mail_refused on caught_mail (at desc) where refusal is not null;

-- A job's row belongs to the job library; what a person decided about a failed one stands here.
create table job_set_aside (
  job_id uuid primary key,
  at timestamptz not null,
  by text not null,
  reason text not null
);
