-- What is advised on machines of a type, requests for service, and what was written about them. Owned by features/advisory.
alter table maintenance_plan add column advice jsonb not null default '[]';

create table service_request (
  id uuid primary key,
  number bigint generated always as identity unique,
  device_id uuid not null references device on delete cascade,
  company_id uuid not null references company on delete cascade,
  -- who asked; null: erased
  account_id uuid,
  -- of whoever asked
  language text not null,
  subject text not null,
  -- key of the task or of the advice, and how it was called then
  about_key text not null,
  about_zh text,
  about_en text,
  description text not null,
  wished_on date,
  status text not null,
  assignee_id uuid,
  visit_at timestamptz,
  result text not null,
  parts jsonb not null,
  revision integer not null,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  -- by it is decided whose time the work belongs to
  closed_at timestamptz
);
create index service_request_device on service_request (device_id, closed_at);
create index service_request_company on service_request (company_id, id);
create index service_request_status on service_request (status, id);
create index service_request_account on service_request (account_id);
create index service_request_assignee on service_request (assignee_id);

create table service_message (
  id uuid primary key,
  request_id uuid not null references service_request on delete cascade,
  -- null: erased
  author_id uuid,
  side text not null check (side in ('manufacturer', 'customer')),
  name text not null,
  text text not null,
  at timestamptz not null
);
create index service_message_request on service_message (request_id, id);
create index service_message_author on service_message (author_id);
