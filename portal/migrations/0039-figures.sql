-- What happened on pages and what became of it, by day of the manufacturer's calendar. No person, no device, no address stands here. Owned by features/figures.
create table figure_day (
  day date not null,
  fact text not null check (fact in ('visits', 'opened', 'configured', 'saved')),
  -- null: of no product in particular
  product_id uuid,
  -- where the visit came from: 'utm:fair', 'qr:stand-4', 'host:news.example', 'direct', 'other'; at most 50 others a day
  source text not null,
  amount integer not null check (amount > 0),
  unique nulls not distinct (day, fact, product_id, source)
);
-- How long visitors stayed on the configurator, in rounded seconds, so that the rows of a day are few.
create table figure_stay (
  day date not null,
  product_id uuid not null,
  seconds integer not null check (seconds > 0),
  amount integer not null check (amount > 0),
  primary key (day, product_id, seconds)
);
-- How far a lead came, and when: each step once. Outlives the lead, whose contact is erased elsewhere.
create table figure_lead (
  lead_id uuid primary key,
  product_id uuid not null,
  source text not null,
  asked_at timestamptz not null,
  inquired_on date not null,
  answered_on date,
  -- from the inquiry to the first answer
  answer_minutes integer check (answer_minutes >= 0),
  -- whether it came within the working hours of the rule that held then; null: no rule held
  in_time boolean,
  offered_on date,
  won_on date
);
-- A month before Fettle, as somebody remembers it. One row; none: nobody has entered it.
create table figure_before (
  only_one boolean primary key default true check (only_one),
  visits integer check (visits >= 0),
  inquired integer check (inquired >= 0),
  answered integer check (answered >= 0),
  offered integer check (offered >= 0),
  won integer check (won >= 0),
  answer_hours double precision check (answer_hours >= 0),
  note text not null,
  revision integer not null,
  updated_at timestamptz not null
);
-- Until which day the figures are the demo's invention. One row in a demo, none elsewhere.
create table figure_sample (
  only_one boolean primary key default true check (only_one),
  until date not null
);
-- Who gets the figures of each week by mail.
create table figure_mail (
  person_id uuid primary key references person on delete cascade,
  language text not null check (language in ('zh-CN', 'en')),
  -- Monday of the last week that was sent
  sent_for date not null
);
-- These two begin with the first event there is, not with the next one: the figures go back to the first day of the portal.
insert into event_listener (name, position) values ('figures.count-saved', 0), ('figures.follow-lead', 0);
