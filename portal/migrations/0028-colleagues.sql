-- Invitations of colleagues by the portal's own use cases: how the person is called and addressed. The token of the link lies in
-- one_time_token; an invitation that was accepted or withdrawn is deleted.
alter table company_invitation
  add column name text,
  add column language text not null default 'zh-CN' check (language in ('zh-CN', 'en'));
-- Counts what a company administrator and staff may edit at the same time: its name.
alter table company add column revision integer not null default 1;
