-- A constraint of a table cannot be changed, so that the table is made anew, triggers included.
CREATE TABLE facts_of_three_subjects (
  subject     TEXT NOT NULL CHECK (subject IN ('payment', 'account', 'subscription')),
  subject_id  INTEGER NOT NULL,
  number      INTEGER NOT NULL CHECK (number > 0),
  kind        TEXT NOT NULL,
  happened_at INTEGER NOT NULL,
  learned_at  INTEGER NOT NULL,
  body        TEXT NOT NULL,
  PRIMARY KEY (subject, subject_id, number)
) STRICT;
INSERT INTO facts_of_three_subjects
SELECT subject, subject_id, number, kind, happened_at, learned_at, body FROM facts;
DROP TABLE facts;
ALTER TABLE facts_of_three_subjects RENAME TO facts;

CREATE TRIGGER facts_are_append_only_update
BEFORE UPDATE ON facts
BEGIN
  SELECT RAISE(ABORT, 'facts are append only');
END;

CREATE TRIGGER facts_are_append_only_delete
BEFORE DELETE ON facts
BEGIN
  SELECT RAISE(ABORT, 'facts are append only');
END;
