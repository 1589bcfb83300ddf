-- What stores told us, once each by the store's own id. The text goes when the message is done with,
-- the id stays for as long as the store may repeat it.
CREATE TABLE inbox_message (
  source      TEXT NOT NULL CHECK (source IN ('google', 'apple')),
  external_id TEXT NOT NULL CHECK (external_id <> ''),
  kind        TEXT NOT NULL CHECK (kind <> ''),
  subject_key TEXT CHECK (subject_key <> ''),
  event_at    ${bigint} NOT NULL,
  received_at ${bigint} NOT NULL,
  payload     ${bytes},
  state       TEXT NOT NULL CHECK (state IN ('new', 'done', 'parked')),
  problem     TEXT CHECK (problem <> ''),
  PRIMARY KEY (source, external_id),
  CHECK ((state = 'done') = (payload IS NULL))
) ${strict};
CREATE INDEX inbox_message_done ON inbox_message (source, event_at) WHERE state = 'done';
CREATE INDEX inbox_message_new ON inbox_message (source) WHERE state = 'new';

-- What is still owed to a subscription, a purchase or a message. A row goes when nothing is owed.
-- A reason without an instant of parking means that the row was given one more try.
CREATE TABLE inbox_work (
  provider         TEXT NOT NULL CHECK (provider IN ('google', 'apple')),
  kind             TEXT NOT NULL CHECK (kind IN ('message', 'reconcile', 'one_time', 'acknowledge')),
  subject_key      TEXT NOT NULL CHECK (subject_key <> ''),
  subscription_key TEXT CHECK (subscription_key <> ''),
  first_seen_at    ${bigint} NOT NULL,
  eligible_at      ${bigint} NOT NULL,
  hint_at          ${bigint},
  revision         ${bigint} NOT NULL CHECK (revision > 0),
  leased_until     ${bigint},
  lease_token      ${bigint},
  attempts         ${bigint} NOT NULL CHECK (attempts >= 0),
  tried_at         ${bigint},
  last_error       TEXT,
  error_class      TEXT CHECK (error_class IN ('transient', 'not_found', 'rejected', 'logic')),
  error_run        ${bigint} NOT NULL CHECK (error_run BETWEEN 0 AND attempts),
  parked_at        ${bigint},
  park_reason      TEXT CHECK (park_reason IN ('no_owner', 'not_found', 'unknown_plan',
    'unknown_product', 'test_purchase', 'undecodable', 'unknown_block', 'foreign', 'verification',
    'rejected', 'exhausted', 'refund_review')),
  park_detail      TEXT CHECK (park_detail <> ''),
  parked_by        TEXT CHECK (parked_by <> ''),
  due_at           ${bigint},
  PRIMARY KEY (provider, kind, subject_key),
  CHECK ((leased_until IS NULL) = (lease_token IS NULL)),
  CHECK (parked_at IS NULL OR park_reason IS NOT NULL)
) ${strict};
CREATE INDEX inbox_work_next ON inbox_work (provider, eligible_at) WHERE parked_at IS NULL;
CREATE INDEX inbox_work_parked ON inbox_work (park_reason, provider) WHERE parked_at IS NOT NULL;

-- What answers of v0 tell an owner of: beyond five failures, or parked.
CREATE INDEX inbox_work_troubled ON inbox_work (provider, subscription_key)
WHERE parked_at IS NOT NULL OR attempts > 5;

-- What a store last said of a subscription as a whole: a cache, but for its facts.
CREATE TABLE subscription (
  id               ${registration},
  provider         TEXT NOT NULL CHECK (provider IN ('google_play', 'app_store')),
  subscription_key TEXT NOT NULL CHECK (subscription_key <> ''),
  stated_at        ${bigint},
  status           TEXT,
  next_product     TEXT,
  resume_at        ${bigint},
  history_revision TEXT,
  reconciled_at    ${bigint},
  linked_to        TEXT CHECK (linked_to <> ''),
  is_test          ${bool} NOT NULL CHECK (is_test IN (TRUE, FALSE)),
  fact_count       ${bigint} NOT NULL CHECK (fact_count >= 0),
  UNIQUE (provider, subscription_key)
) ${strict};
CREATE INDEX subscription_linked ON subscription (provider, linked_to) WHERE linked_to IS NOT NULL;
