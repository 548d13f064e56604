-- Keyed hash of the account or network a file came from, so that nobody alone fills the room for files that belong to nothing yet;
-- null once the file is attached.
alter table stored_file add column uploader text;
