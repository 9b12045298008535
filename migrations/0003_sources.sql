-- Decisions on sources: how reliable one is.
--
-- They stand in the same log as those on claims, so that one order, one undo and one export hold for both. In place of
-- a claim's hash they have one made of the source's name, by which they are found.

ALTER TABLE decision ADD COLUMN source TEXT; -- the source's name; none where it is on a claim
CREATE INDEX decision_source ON decision (clock, uuid) WHERE source IS NOT NULL;

-- What follows from them.
ALTER TABLE source ADD COLUMN reliability INTEGER; -- 1 (A) to 6 (F)
