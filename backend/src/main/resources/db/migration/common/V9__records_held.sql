-- Since when the store's record of a subscription is set aside, because it may be behind what was heard.
ALTER TABLE subscription ADD COLUMN held_since ${bigint};
