-- The mail server that was entered in the console, for portals whose environment names none. Who signs in to it, and by what, is sealed.
create table mail_server (
  only_one boolean primary key default true check (only_one),
  host text not null,
  port integer not null check (port between 1 and 65535),
  security text not null check (security in ('tls', 'starttls', 'none')),
  login text,
  password text,
  sender_name text not null,
  sender_address text not null,
  reply_to text,
  revision integer not null,
  updated_at timestamptz not null
);
-- Mails that wait until there is a mail server stand beside those that were caught or refused.
alter table caught_mail add column waiting boolean not null default false;
