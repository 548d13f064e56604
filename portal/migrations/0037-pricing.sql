-- Who may see prices, for the whole portal and for a product that differs. No row, no value: everybody, as before.
create table pricing (
  only_one boolean primary key default true check (only_one),
  visibility text not null check (visibility in ('public', 'signed-in', 'on-request')),
  revision integer not null,
  updated_at timestamptz not null
);
alter table product add column price_visibility text check (price_visibility in ('public', 'signed-in', 'on-request'));
