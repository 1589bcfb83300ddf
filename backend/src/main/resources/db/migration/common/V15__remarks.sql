-- What a store says of a subscription that decides about nothing, for those who answer its buyer.
CREATE TABLE subscription_remark (
  subscription_id ${bigint} NOT NULL REFERENCES subscription (id),
  remark          TEXT NOT NULL CHECK (remark IN ('expiration_intent', 'price_increase', 'next_owner',
    'offer_type', 'offer_discount', 'price', 'currency', 'app_transaction', 'subscription_group',
    'revocation_reason', 'revocation_type', 'revocation_percentage', 'consumption_reason')),
  value           TEXT NOT NULL CHECK (value <> ''),
  stated_at       ${bigint} NOT NULL,
  PRIMARY KEY (subscription_id, remark)
) ${strict};
