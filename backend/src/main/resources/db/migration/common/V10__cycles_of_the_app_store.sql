-- How the App Store says that a cycle came about.
ALTER TABLE payments ADD COLUMN began TEXT CHECK (began IN ('purchase', 'renewal'));

-- What the App Store's statements about each cycle have come to beside what they state: which is the
-- newest, which last showed that the cycle stood and that it was taken back. A cache, outside replay.
CREATE TABLE cycle_sightings (
  payment_id    ${bigint} NOT NULL PRIMARY KEY REFERENCES payments (id),
  newest_at     ${bigint} NOT NULL,
  standing_at   ${bigint},
  taken_back_at ${bigint},
  upgraded      ${bool} NOT NULL CHECK (upgraded IN (TRUE, FALSE))
) ${strict};
