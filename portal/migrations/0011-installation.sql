-- What this database is used for, so that a real one is never taken for a trial: one row, written at the first start.
create table installation (
  one boolean primary key default true check (one),
  mode text not null check (mode in ('demo', 'production')),
  since timestamptz not null
);
