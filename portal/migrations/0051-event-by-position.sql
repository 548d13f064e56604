-- outside of a transaction
-- The relay to the warehouse reads events of every name in their order.
drop index concurrently if exists event_by_position;
create index concurrently event_by_position on event (position);
