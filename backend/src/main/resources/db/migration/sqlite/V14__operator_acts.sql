-- What those who run the service did by hand, and why.
CREATE TABLE operator_acts (
  id     ${registration},
  act    TEXT NOT NULL CHECK (act IN ('voucher_minted', 'account_revoked', 'payment_reattributed',
    'ticket_bumped', 'key_rotated', 'item_dropped', 'store_asked')),
  target TEXT,
  effect TEXT NOT NULL CHECK (effect <> ''),
  reason TEXT NOT NULL CHECK (reason <> ''),
  at     INTEGER NOT NULL
) STRICT;

CREATE TRIGGER operator_acts_are_append_only_update
BEFORE UPDATE ON operator_acts
BEGIN
  SELECT RAISE(ABORT, 'what operators did is append only');
END;

CREATE TRIGGER operator_acts_are_append_only_delete
BEFORE DELETE ON operator_acts
BEGIN
  SELECT RAISE(ABORT, 'what operators did is append only');
END;
