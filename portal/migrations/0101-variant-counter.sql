-- What counts the variants of a model, made when it is first asked for. Owned by features/products.
-- null: not made yet; empty: they cannot be counted exactly within reason
alter table model_version add column counter bytea;
