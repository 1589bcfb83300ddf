-- Those who run the service look payments up by any id they bear; the other ids have an index already.
CREATE INDEX payments_of_cycle ON payments (cycle_key) WHERE cycle_key <> '';

-- Checks of the whole ledger walk through what nobody has claimed, which is little of the table.
CREATE INDEX payments_without_owner ON payments (id) WHERE account_id IS NULL;
