-- Instants and lengths are whole microseconds (UTC); keys and tags are raw bytes; codes are text.

-- What this ledger is tied to for ever, such as the public half of the signing key.
CREATE TABLE ledger_identity (
  name  TEXT NOT NULL PRIMARY KEY,
  value TEXT NOT NULL
) ${strict};

-- One row: the number that tells clients that the revocation list has grown.
CREATE TABLE revocation_ticket (
  id     ${bigint} NOT NULL PRIMARY KEY CHECK (id = 1),
  ticket ${bigint} NOT NULL CHECK (ticket >= 0)
) ${strict};
INSERT INTO revocation_ticket (id, ticket) VALUES (1, 0);

CREATE TABLE accounts (
  id                    ${bigint} NOT NULL PRIMARY KEY CHECK (id > 0),
  master_key            ${bytes} NOT NULL UNIQUE CHECK (length(master_key) = 32),
  generation            ${bigint} NOT NULL CHECK (generation > 0),
  expiry_at             ${bigint} NOT NULL,
  grace_period          ${bigint} CHECK (grace_period > 0),
  auto_renewing         ${bool} NOT NULL CHECK (auto_renewing IN (TRUE, FALSE)),
  carrier_id            ${bigint},
  proof_expiry_offset   ${bigint} NOT NULL CHECK (proof_expiry_offset BETWEEN 0 AND 86399),
  credits_checkpoint_at ${bigint},
  proofs_issued_total   ${bigint} NOT NULL DEFAULT 0 CHECK (proofs_issued_total >= 0),
  proofs_issued_window  ${bigint} NOT NULL DEFAULT 0 CHECK (proofs_issued_window >= 0),
  proofs_issued_late    ${bigint} NOT NULL DEFAULT 0 CHECK (proofs_issued_late >= 0),
  proofs_window_start   ${bigint},
  fact_count            ${bigint} NOT NULL CHECK (fact_count >= 0)
) ${strict};

-- An entitlement epoch of an account; accounts.generation names the ordinal in use.
CREATE TABLE generations (
  account_id ${bigint} NOT NULL REFERENCES accounts (id),
  ordinal    ${bigint} NOT NULL CHECK (ordinal > 0),
  tag        ${bytes} NOT NULL UNIQUE CHECK (length(tag) = 32),
  issued_at  ${bigint} NOT NULL,
  revoked_at ${bigint},
  PRIMARY KEY (account_id, ordinal)
) ${strict};
CREATE INDEX generations_revoked ON generations (revoked_at) WHERE revoked_at IS NOT NULL;

-- One billing cycle or grant a row: the sum of its facts.
CREATE TABLE payments (
  id                  ${registration},
  provider            TEXT NOT NULL CHECK (provider IN ('google_play', 'app_store', 'stf')),
  subscription_key    TEXT NOT NULL CHECK (subscription_key <> ''),
  cycle_key           TEXT NOT NULL,
  plan                TEXT NOT NULL,
  unmapped            ${bool} NOT NULL CHECK (unmapped IN (TRUE, FALSE)),
  purchased_at        ${bigint} NOT NULL,
  binding             ${bytes},
  claimable           ${bool} NOT NULL CHECK (claimable IN (TRUE, FALSE)),
  refund_deadline_at  ${bigint} NOT NULL,
  source              TEXT NOT NULL CHECK (source IN ('store', 'dev', 'mint', 'import')),
  transaction_id      TEXT,
  expiry_at           ${bigint},
  grace_period        ${bigint} CHECK (grace_period > 0),
  auto_renewing       ${bool} NOT NULL CHECK (auto_renewing IN (TRUE, FALSE)),
  renewal_stated      ${bool} NOT NULL CHECK (renewal_stated IN (TRUE, FALSE)),
  billing_retry       ${bool} NOT NULL CHECK (billing_retry IN (TRUE, FALSE)),
  expiry_stated_at    ${bigint},
  expiry_stated_complete  ${bool} NOT NULL CHECK (expiry_stated_complete IN (TRUE, FALSE)),
  renewal_stated_at   ${bigint},
  renewal_stated_complete ${bool} NOT NULL CHECK (renewal_stated_complete IN (TRUE, FALSE)),
  grace_stated_at     ${bigint},
  grace_stated_complete ${bool} NOT NULL CHECK (grace_stated_complete IN (TRUE, FALSE)),
  retry_stated_at     ${bigint},
  retry_stated_complete ${bool} NOT NULL CHECK (retry_stated_complete IN (TRUE, FALSE)),
  account_id          ${bigint} REFERENCES accounts (id) DEFERRABLE INITIALLY DEFERRED,
  redeemed_at         ${bigint},
  redeemed_how        TEXT CHECK (redeemed_how IN ('touch', 'add', 'continuation', 'token', 'mint', 'dev', 'import', 'operator')),
  revoked_at          ${bigint},
  revoked_reason      TEXT CHECK (revoked_reason IN ('refund', 'family', 'superseded', 'voided', 'operator', 'revoked')),
  revoked_inferred    ${bool} NOT NULL CHECK (revoked_inferred IN (TRUE, FALSE)),
  other_revocations   TEXT CHECK (other_revocations <> ''),
  reinstated_at       ${bigint},
  voided_at           ${bigint},
  credit_granted      ${bigint} CHECK (credit_granted > 0),
  credit_remaining    ${bigint} CHECK (credit_remaining BETWEEN 0 AND credit_granted),
  acknowledgement     TEXT NOT NULL CHECK (acknowledgement IN ('not_needed', 'owed', 'done')),
  refund_requested_at ${bigint},
  refund_stated_at    ${bigint},
  hidden              ${bool} NOT NULL CHECK (hidden IN (TRUE, FALSE)),
  fact_count          ${bigint} NOT NULL CHECK (fact_count > 0),
  UNIQUE (provider, subscription_key, cycle_key),
  CHECK (expiry_at IS NOT NULL OR credit_remaining IS NOT NULL),
  CHECK ((account_id IS NULL) = (redeemed_at IS NULL)),
  CHECK ((account_id IS NULL) = (redeemed_how IS NULL)),
  CHECK ((revoked_at IS NULL) = (revoked_reason IS NULL)),
  CHECK (other_revocations IS NULL OR revoked_at IS NOT NULL),
  CHECK (revoked_at IS NULL OR auto_renewing = FALSE),
  CHECK ((credit_granted IS NULL) = (credit_remaining IS NULL))
) ${strict};
CREATE INDEX payments_of_account ON payments (account_id, id) WHERE account_id IS NOT NULL;
CREATE INDEX payments_to_claim ON payments (binding) WHERE account_id IS NULL AND binding IS NOT NULL;

-- Every name by which a store's transaction stands for a payment.
CREATE TABLE payment_aliases (
  provider   TEXT NOT NULL CHECK (provider IN ('google_play', 'app_store', 'stf')),
  alias      TEXT NOT NULL CHECK (alias <> ''),
  payment_id ${bigint} NOT NULL REFERENCES payments (id),
  PRIMARY KEY (provider, alias)
) ${strict};
CREATE INDEX payment_aliases_of_payment ON payment_aliases (payment_id);

-- Everything that ever happened, append only. The subject's own counter orders its facts, so that
-- no sequence is shared by all accounts.
CREATE TABLE facts (
  subject     TEXT NOT NULL CHECK (subject IN ('payment', 'account')),
  subject_id  ${bigint} NOT NULL,
  number      ${bigint} NOT NULL CHECK (number > 0),
  kind        TEXT NOT NULL,
  happened_at ${bigint} NOT NULL,
  learned_at  ${bigint} NOT NULL,
  body        TEXT NOT NULL,
  PRIMARY KEY (subject, subject_id, number)
) ${strict};
