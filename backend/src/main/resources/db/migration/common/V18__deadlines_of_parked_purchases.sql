-- What nobody can be found for is refunded 72 h after its purchase: that is a deadline like any other.
-- Without one, such a purchase is over.
UPDATE inbox_work SET due_at = COALESCE(hint_at, first_seen_at) + 259200000000
WHERE parked_at IS NOT NULL AND park_reason = 'no_owner' AND due_at IS NULL;
