-- Items that are of no use until somebody owns another purchase, for its owner would be theirs.
CREATE TABLE inbox_awaited_owner (
  provider    TEXT NOT NULL,
  kind        TEXT NOT NULL,
  subject_key TEXT NOT NULL,
  awaited_key TEXT NOT NULL CHECK (awaited_key <> ''),
  PRIMARY KEY (provider, kind, subject_key, awaited_key),
  FOREIGN KEY (provider, kind, subject_key)
    REFERENCES inbox_work (provider, kind, subject_key) ON DELETE CASCADE
) ${strict};
CREATE INDEX inbox_awaited_owner_key ON inbox_awaited_owner (provider, awaited_key);
