-- Group chats of customers' companies, which are told of alarms of their own machines. Owned by features/robots.
-- null: of the manufacturer
alter table robot add column company_id uuid references company on delete cascade;
create index robot_company on robot (company_id);
