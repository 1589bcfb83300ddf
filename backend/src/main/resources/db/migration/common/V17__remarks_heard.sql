-- What the newest remarks about each topic were about, and when they were stated, so that older ones that
-- come late are known to be older, also where nothing is left of the newest.
CREATE TABLE subscription_remarks_heard (
  subscription_id ${bigint} NOT NULL REFERENCES subscription (id),
  topic           TEXT NOT NULL CHECK (topic IN ('renewal', 'sale', 'loss', 'refund_request')),
  about_at        ${bigint} NOT NULL,
  stated_at       ${bigint} NOT NULL,
  PRIMARY KEY (subscription_id, topic)
) ${strict};
