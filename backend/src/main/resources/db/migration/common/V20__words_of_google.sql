-- When the last word about an acknowledgement was said: what seemed to be done may be owed again.
ALTER TABLE payments ADD COLUMN acknowledgement_stated_at ${bigint};

UPDATE payments SET acknowledgement_stated_at = (
  SELECT max(f.happened_at) FROM facts f
  WHERE f.subject = 'payment' AND f.subject_id = payments.id AND f.kind = 'acknowledged')
WHERE acknowledgement <> 'not_needed';

-- What is looked at though it does not renew, or long after its end: pauses that are over, and what was
-- cancelled when it was looked at last.
CREATE INDEX subscription_resuming ON subscription (provider, resume_at) WHERE resume_at IS NOT NULL;
CREATE INDEX subscription_cancelled ON subscription (provider, subscription_key)
WHERE status = 'CANCELED';
