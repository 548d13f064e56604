-- Which kinds of entries a lead's timeline has is the code's to say.
alter table lead_entry drop constraint if exists lead_entry_kind_check;
