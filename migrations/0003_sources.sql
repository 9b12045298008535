-- Decisions on sources: how reliable one is. And how far analysts agree.
--
-- They stand in the same log as those on claims, so that one order, one undo and one export hold for both. In place of
-- a claim's hash they have one made of the source's name, by which they are found.

ALTER TABLE decision ADD COLUMN source TEXT; -- the source's name; none where it is on a claim
CREATE INDEX decision_source ON decision (clock, uuid) WHERE source IS NOT NULL;

-- What follows from them.
ALTER TABLE source ADD COLUMN reliability INTEGER; -- 1 (A) to 6 (F)

-- How often two analysts decided the same claim, and how: for agreement. The key is a JSON array of both names and both
-- statuses. Kept as decisions are made; those made before are counted here.
INSERT INTO counter (kind, key, claims, reviewed)
SELECT 'pair', json_array(one.key, other.key, one.value, other.value), count(*), 0
FROM state
JOIN claim ON claim.id = state.claim
JOIN article ON article.id = claim.article AND article.live > 0,
json_each(state.state, '$.by_analyst') AS one,
json_each(state.state, '$.by_analyst') AS other
WHERE one.key < other.key AND one.value <> 'unreviewed' AND other.value <> 'unreviewed'
GROUP BY 2;
