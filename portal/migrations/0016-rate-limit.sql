-- What addresses and accounts have used of their rate limits, for every portal process. Unlogged: after a crash everybody begins anew.
create unlogged table rate_limit (
  -- keyed hash of the kind of request and the address or account: an address is personal
  key bytea primary key,
  -- when the whole allowance will be free again, in seconds since 1970 by the database's clock; in the past it says nothing
  full_at double precision not null,
  -- how many the last taker was given
  granted integer not null
) with (fillfactor = 70);
