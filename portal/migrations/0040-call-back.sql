-- When whoever asks would like to be called back; null: he did not ask for it.
alter table inquiry add column call_back text check (call_back in ('any', 'morning', 'afternoon', 'evening'));
