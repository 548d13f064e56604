-- A lead carries what its list filters by, so that the list reads one table: contacts and inquiries never change.
alter table lead add column product_id uuid references product (id);
-- name, company, e-mail and phone in lower case, a line each
alter table lead add column search text;

update lead set
  product_id = c.product_id,
  search = lower(concat_ws(e'\n', nullif(k.name, ''), nullif(k.company_name, ''), k.email, k.phone))
from inquiry i
join contact k on k.id = i.contact_id
join configuration c on c.id = i.configuration_id
where i.id = lead.inquiry_id;

alter table lead alter column product_id set not null;
alter table lead alter column search set not null;

create index lead_by_update on lead (updated_at, id);
create index lead_by_net on lead (coalesce(net, 0), id);
create index lead_by_assignee on lead (assignee_id, created_at);
create index lead_by_product on lead (product_id, created_at);

-- for the leads that are likely of the same customer
create index inquiry_by_contact on inquiry (contact_id);
create index contact_by_company on contact (company_id) where company_id is not null;
