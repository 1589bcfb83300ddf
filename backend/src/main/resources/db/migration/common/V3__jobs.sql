-- Which process does a job that only one may do at a time, and how it went. The token grows
-- whenever another process takes over.
CREATE TABLE leases (
  name            TEXT NOT NULL PRIMARY KEY,
  holder          TEXT NOT NULL,
  token           ${bigint} NOT NULL CHECK (token > 0),
  renewed_at      ${bigint} NOT NULL,
  held_until      ${bigint} NOT NULL,
  runs            ${bigint} NOT NULL CHECK (runs >= 0),
  last_success_at ${bigint},
  last_failure_at ${bigint}
) ${strict};

-- Whose credits are to be charged next. With the id, because many may have been charged at once.
CREATE INDEX accounts_to_drain ON accounts (credits_checkpoint_at, id)
WHERE credits_checkpoint_at IS NOT NULL;
