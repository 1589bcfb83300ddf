CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION '%', TG_ARGV[0];
END
$$;

CREATE TRIGGER generations_revoked_once
BEFORE UPDATE OF revoked_at ON generations
FOR EACH ROW
WHEN (OLD.revoked_at IS NOT NULL AND NEW.revoked_at IS DISTINCT FROM OLD.revoked_at)
EXECUTE FUNCTION refuse_change('a revocation is final');

CREATE TRIGGER facts_are_append_only
BEFORE UPDATE OR DELETE ON facts
FOR EACH ROW
EXECUTE FUNCTION refuse_change('facts are append only');
