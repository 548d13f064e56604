-- The trace in which an event was recorded (W3C traceparent), so that what its listeners do is seen with it; null: traces are off.
alter table event add column trace text;
