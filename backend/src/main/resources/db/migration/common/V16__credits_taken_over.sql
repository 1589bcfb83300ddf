-- Where another service left a credit that was taken over from it: it runs from then on.
ALTER TABLE payments ADD COLUMN credit_since ${bigint};
