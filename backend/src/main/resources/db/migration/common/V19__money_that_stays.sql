-- Whether the store keeps the money of a purchase that cannot be used, so that nobody but those who run the
-- service can help its buyer.
ALTER TABLE inbox_work ADD COLUMN money_kept ${bool} NOT NULL DEFAULT FALSE
CHECK (money_kept IN (TRUE, FALSE));
