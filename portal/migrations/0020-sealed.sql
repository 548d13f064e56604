-- survived since: 0020-sealed
-- E-mail addresses, phone numbers, messages and mails lie sealed by the vault. What is looked up exactly has a keyed hash beside it;
-- what stands here in plain words from earlier is sealed by the portal when it starts (platform/server/seal-columns.ts).

-- Columns that hold nothing plain any more.
create table sealed_column (
  table_name text not null,
  column_name text not null,
  since timestamptz not null default now(),
  primary key (table_name, column_name)
);

alter table person
  drop constraint person_email_key,
  drop constraint person_email_check,
  add column email_digest text unique,
  add column phone_digest text;
drop index person_phone;
create index person_phone on person (phone_digest) where phone_digest is not null;

alter table company_invitation add column email_digest text;
drop index company_invitation_email;
create index company_invitation_email on company_invitation (email_digest);

alter table contact add column email_digest text, add column phone_digest text;
drop index contact_by_email;
drop index contact_by_phone;
create index contact_by_email on contact (email_digest) where email_digest is not null;
create index contact_by_phone on contact (phone_digest) where phone_digest is not null;

-- The list of leads searches names as text, addresses and numbers by their hash. `search` is made anew: name and company, a line each.
alter table lead add column email_digest text, add column phone_digest text;
update lead set search = lower(concat_ws(e'\n', nullif(k.name, ''), nullif(k.company_name, '')))
from inquiry i join contact k on k.id = i.contact_id
where i.id = lead.inquiry_id;

alter table lead_entry alter column data type text using data::text;

-- A mail is one sealed text: JSON of sender, recipient, subject, text, html, attachments, refusal.
alter table caught_mail add column content text, add column recipient_digest text, add column refused boolean not null default false;
update caught_mail set content = json_build_object(
  'sender', sender, 'recipient', recipient, 'subject', subject, 'text', text, 'html', html, 'replyTo', reply_to,
  'attachments', attachments, 'refusal', refusal)::text, refused = refusal is not null;
alter table caught_mail alter column content set not null,
  drop column sender, drop column recipient, drop column subject, drop column text, drop column html, drop column attachments,
  drop column refusal, drop column reply_to;
create index caught_mail_refused on caught_mail (at desc) where refused;
create index caught_mail_by_recipient on caught_mail (recipient_digest) where recipient_digest is not null;

-- Answers kept for a day: not worth sealing afterwards.
delete from idempotency_key;

-- Their secrets were sealed by another key than the vault's, and no version with them was released.
delete from authenticator;
