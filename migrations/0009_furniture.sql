-- Lines that an outlet puts into article after article: what it says of itself is no claim of any of them.
--
-- A line is a hash of the outlet, its words, and where it stands. Of most lines there is one, so the places of a line are kept only until it
-- stands in so many articles that it is furniture (domain/furniture.rs says how many); from then on it is a count. Only
-- lines that may become furniture are noted, a few an article. Articles that were loaded before are not looked through
-- again: their lines count once they are in a store that is made anew, by an import for one.

CREATE TABLE line_place (
    line     INTEGER NOT NULL,
    document INTEGER NOT NULL, -- a hash of its url or path: versions of one document count once
    first    INTEGER NOT NULL, -- the first of the claims in it
    claims   INTEGER NOT NULL,
    PRIMARY KEY (line, document, first)
) STRICT, WITHOUT ROWID;

CREATE TABLE furniture_line (
    line     INTEGER PRIMARY KEY,
    articles INTEGER NOT NULL
) STRICT;

-- The claims that stand in such lines, whether or not somebody has decided on them since.
CREATE TABLE furniture (
    claim INTEGER PRIMARY KEY REFERENCES claim (id),
    line  INTEGER NOT NULL
) STRICT;
