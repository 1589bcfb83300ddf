-- Clients name a payment of the App Store by its transaction.
CREATE INDEX payments_of_transaction ON payments (transaction_id) WHERE transaction_id IS NOT NULL;
