-- What inquiries, offers and orders are worth, each once, from the facts that were recorded. Names nobody. Owned by features/figures.
create table figure_amount (
  fact text not null check (fact in ('inquired', 'offered', 'won')),
  -- the inquiry, or the offer
  subject_id uuid not null,
  -- of the offer; 0: an inquiry
  version integer not null,
  day date not null,
  product_id uuid not null,
  source text not null,
  currency text not null,
  -- net, minor units
  amount bigint not null,
  primary key (fact, subject_id, version)
);
create index figure_amount_by_day on figure_amount (day);

-- A month before Fettle of one product, as somebody remembers it. What stands in figure_before is of the whole portal.
create table figure_before_product (
  product_id uuid primary key,
  inquired integer check (inquired >= 0),
  answered integer check (answered >= 0),
  offered integer check (offered >= 0),
  won integer check (won >= 0),
  answer_hours double precision check (answer_hours >= 0),
  note text not null,
  revision integer not null,
  updated_at timestamptz not null
);

-- Begins with the first event there is: amounts go back to the first day of the portal, as counts do.
insert into event_listener (name, position) values ('figures.follow-amounts', 0);
