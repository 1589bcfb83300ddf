-- What nobody announced does not come before what somebody waits for.
ALTER TABLE inbox_work ADD COLUMN swept ${bool} NOT NULL DEFAULT FALSE
CHECK (swept IN (TRUE, FALSE));

DROP INDEX inbox_work_next;
CREATE INDEX inbox_work_next ON inbox_work (provider, swept, eligible_at) WHERE parked_at IS NULL;
