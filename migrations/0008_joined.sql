-- Names that analysts joined: one person or body that articles call by several names is counted once.
--
-- Claims keep the name that their article gives; what follows from a join is looked up here. So it costs the same however many
-- claims a source has, and taking it apart gives back what was. Counts stand with the name under which all are counted,
-- so the ledger is read as before.

CREATE TABLE joined (
    source INTEGER PRIMARY KEY REFERENCES source (id),
    into_source INTEGER NOT NULL REFERENCES source (id), -- as it was decided
    clock  INTEGER NOT NULL, -- where that decision stands in the order of all: in a ring the oldest is left out
    uuid   BLOB    NOT NULL CHECK (length(uuid) = 16),
    head   INTEGER NOT NULL REFERENCES source (id) -- under whose name it is counted: follows from all rows
) STRICT;
CREATE INDEX joined_head ON joined (head);

-- The words of names that are or were joined: who looks for one name finds the claims of all.
CREATE VIRTUAL TABLE joined_words USING fts5 (name, tokenize = 'unicode61 remove_diacritics 2');
