-- What was taken over from the service before this one: at most once, before anybody is served. While
-- it is not sealed, no server starts.
CREATE TABLE import_run (
  id          ${bigint} NOT NULL PRIMARY KEY CHECK (id = 1),
  run         TEXT NOT NULL,
  generation  TEXT NOT NULL CHECK (generation IN ('v0', 'v1')),
  taken_at    ${bigint} NOT NULL,
  fingerprint TEXT NOT NULL,
  options     TEXT NOT NULL,
  state       TEXT NOT NULL CHECK (state IN ('loading', 'loaded', 'verified', 'sealed')),
  progress    TEXT NOT NULL
) ${strict};

-- Rows of the source that no rule can take over, as JSON.
CREATE TABLE import_quarantine (
  source_table TEXT NOT NULL,
  source_id    TEXT NOT NULL,
  code         TEXT NOT NULL,
  content      TEXT NOT NULL,
  PRIMARY KEY (source_table, source_id)
) ${strict};

-- Revoked tags that belong to no account any more, from the service before this one. Listed and pruned
-- like any other.
CREATE TABLE ownerless_generations (
  tag        ${bytes} NOT NULL PRIMARY KEY CHECK (length(tag) = 32),
  revoked_at ${bigint} NOT NULL
) ${strict};
CREATE INDEX ownerless_generations_revoked ON ownerless_generations (revoked_at);
