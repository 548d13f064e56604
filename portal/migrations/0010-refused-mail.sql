-- Beside the mail the demo caught stands the mail that could not be delivered: here with what the mail server said.
alter table caught_mail add column refusal text;
