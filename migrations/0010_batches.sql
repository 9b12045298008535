-- A decision is made durable before the screen says so, page by page: what it needn't write, nobody waits for.
--
-- The decisions of a batch are found by their analyst and clock, which an index for undo holds anyway.

DROP INDEX decision_batch;
