-- Monthly health reports of companies, as the facts they were made from: they do not change later. Owned by features/reports.
create table health_report (
  id uuid primary key,
  company_id uuid not null references company on delete cascade,
  -- YYYY-MM, where the manufacturer is
  month text not null,
  facts jsonb not null,
  made_at timestamptz not null,
  unique (company_id, month)
);
create index health_report_month on health_report (month, id);
