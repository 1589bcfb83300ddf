ALTER TABLE facts DROP CONSTRAINT facts_subject_check;
ALTER TABLE facts ADD CONSTRAINT facts_subject_check
CHECK (subject IN ('payment', 'account', 'subscription'));
