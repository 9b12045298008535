-- The ledger of sources, read by key in three orders however many sources there are.
--
-- Each index holds the name as it sorts, so that letters of a name are looked for in the index alone. The record of a
-- source is how much of what was decided was refuted; only sources with something decided are in its index, so a load
-- writes nothing there.

DROP INDEX source_size;
CREATE INDEX source_size ON source (claims, id, fold);

-- Millionths, then how many: a share of many weighs more than the same share of few.
CREATE INDEX source_record ON source (refuted * 1000000 / (verified + refuted), refuted, id, fold)
    WHERE verified + refuted > 0;
