-- What the checks of the audit log's chain found; each notes where the chain ended, and later checks must find that place again.
create table audit_check (
  id uuid primary key,
  at timestamptz not null,
  entries bigint not null,
  head_position bigint not null,
  head_hash text not null,
  broken_position bigint,
  broken_reason text check (broken_reason in ('changed', 'missing', 'head', 'anchor')),
  check ((broken_position is null) = (broken_reason is null))
);
create index audit_check_by_time on audit_check (at desc);
