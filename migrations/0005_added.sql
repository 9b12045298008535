-- Claims that analysts add, where extraction missed them, or by splitting one.
--
-- Rows of claims are numbered as they come, and an order by number is the order "article": a claim that is added later
-- has a number at the end and would stand there. So each of them says before which of the machine's claims it stands;
-- decks put it in there. They have a facet of their own in the place of "live", so that a deck of the machine's claims
-- is read as if there were no others.

CREATE TABLE added (
    claim   INTEGER PRIMARY KEY REFERENCES claim (id),
    article INTEGER NOT NULL REFERENCES article (id),
    before  INTEGER NOT NULL, -- a claim of the article, or the number after its last
    start   INTEGER NOT NULL  -- where its words begin, in code points
) STRICT;
CREATE INDEX added_article ON added (article);

-- How many that were not taken back the article has.
ALTER TABLE article ADD COLUMN added INTEGER NOT NULL DEFAULT 0;

-- The article, by its hash, of a decision that adds a claim: it may arrive later.
ALTER TABLE decision ADD COLUMN adds_to BLOB;
CREATE INDEX decision_adds ON decision (adds_to) WHERE adds_to IS NOT NULL;
