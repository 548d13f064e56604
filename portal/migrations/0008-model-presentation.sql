-- What the catalogue says of a version, made when it is published. Null: to be made again when it is next shown.
alter table model_version add column presentation json;
