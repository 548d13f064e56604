-- The stricter mode under attack: one row that every portal process reads and any may turn over.
create table attack_mode (
  single boolean primary key default true check (single),
  mode text not null default 'auto' check (mode in ('auto', 'on', 'off')),
  strict boolean not null default false,
  since timestamptz,
  why text check (why in ('switch', 'refused', 'costly', 'sign-ins', 'late', 'calm')),
  by_account text,
  -- when a process last saw signs of an attack
  pressed_at timestamptz
);
insert into attack_mode default values;
