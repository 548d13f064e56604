-- That the end of a certificate was foretold. subject: a credential of a machine or an authority; days: how long before. Owned by features/provisioning.
create table certificate_reminder (
  subject_id uuid not null,
  days smallint not null,
  told_at timestamptz not null,
  primary key (subject_id, days)
);
create index certificate_reminder_told on certificate_reminder (told_at);

-- Who chose before there were such notices is told too; he may choose otherwise.
update notice_settings set kinds = kinds || 'certificate'::text;
