-- How far the events have been appended to the warehouse. One row for each time its table was filled from the beginning; the others are of
-- warehouses that are not used any more.
create table warehouse_cursor (
  filling uuid primary key,
  -- the last event that is there
  position bigint not null,
  -- the last event of the batch that is being appended: whoever goes on after a crash takes the same batch
  pending bigint
);
