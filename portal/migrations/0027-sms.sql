-- Text messages: a mark that the carrier is called, made before it is, and what came of it. Owned by platform/server/sms.ts.
create table sms (
  -- of the job that sends it
  id uuid primary key,
  state text not null check (state in ('sending', 'sent', 'caught', 'refused', 'unknown')),
  -- of a refused one
  why text,
  -- the carrier's word for it
  code text,
  -- recipient, template and, of a caught one, its values; sealed
  content text,
  recipient_digest text not null,
  at timestamptz not null
);
create index sms_by_age on sms (at desc, id desc);
create index sms_by_recipient on sms (recipient_digest);
