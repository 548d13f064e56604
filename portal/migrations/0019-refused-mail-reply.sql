-- Where answers to a kept mail go, so that it can be sent once more as it was.
alter table caught_mail add column reply_to text;
