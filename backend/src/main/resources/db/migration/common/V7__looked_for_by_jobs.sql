-- Looks for renewals that nobody announced go along the ends of what renews.
CREATE INDEX payments_renewing ON payments (provider, expiry_at) WHERE auto_renewing = TRUE;

-- What a store is still to be told of, which is next to nothing of the table.
CREATE INDEX payments_unacknowledged ON payments (provider, subscription_key)
WHERE acknowledgement = 'owed';
