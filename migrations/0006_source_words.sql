-- Words of the names of sources, each name once.
--
-- `source:word` is answered from here: the sources with the word in their name, and then their claims from the keys of
-- the order by source, which lie in pieces. Full text of claims holds these words too, but there all claims of a name have
-- to be read before a page in any order but that of the texts is known.

CREATE VIRTUAL TABLE source_words USING fts5 (
    name, content = '', columnsize = 0, tokenize = 'unicode61 remove_diacritics 2'
);
INSERT INTO source_words (rowid, name) SELECT id, name FROM source;
