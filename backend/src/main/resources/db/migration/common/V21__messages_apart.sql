-- What the store is asked for, however much of it is due, is no way to the messages, nor these to that.
DROP INDEX inbox_work_next;
CREATE INDEX inbox_work_next ON inbox_work (provider, swept, eligible_at)
WHERE parked_at IS NULL AND kind <> 'message';
CREATE INDEX inbox_work_messages ON inbox_work (provider, swept, eligible_at)
WHERE parked_at IS NULL AND kind = 'message';
