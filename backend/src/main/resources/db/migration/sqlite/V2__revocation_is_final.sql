CREATE TRIGGER generations_revoked_once
BEFORE UPDATE OF revoked_at ON generations
WHEN OLD.revoked_at IS NOT NULL AND NEW.revoked_at IS NOT OLD.revoked_at
BEGIN
  SELECT RAISE(ABORT, 'a revocation is final');
END;

CREATE TRIGGER facts_are_append_only_update
BEFORE UPDATE ON facts
BEGIN
  SELECT RAISE(ABORT, 'facts are append only');
END;

CREATE TRIGGER facts_are_append_only_delete
BEFORE DELETE ON facts
BEGIN
  SELECT RAISE(ABORT, 'facts are append only');
END;
