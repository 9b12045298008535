-- The first shape of a store.
--
-- Why it looks so:
-- * Articles, claims and decisions are named by what they are (hashes, UUIDs), so that stores can be joined; inside,
--   rows join on integers. A claim's integer grows with loading, and the claims of one article follow each other, so
--   the integer alone is the order "article".
-- * Words are not kept twice: a claim's words are spans of its article's text, cut out when it is shown.
-- * Filters are not columns with an index each. Each fact that a query can ask for is a facet, and the claims that
--   have it are one bit each, in pieces of 8192 claims (`posting`). Any filter is then a few and, or, not over words
--   of bits, any depth of any deck costs the same, and a count is exact. Sort keys lie beside them in the same pieces
--   (`sort_key`), so no order needs an index either, and a load only appends.
-- * Decisions are only added. What follows from them (`state`, the postings of facets such as a status, `counter`,
--   `decision.kind` and `decision.live`) is written in the same transaction and can be made again from them.

CREATE TABLE article (
    id          INTEGER PRIMARY KEY,
    hash        BLOB    NOT NULL UNIQUE CHECK (length(hash) = 16), -- of the text
    title       TEXT,
    outlet      TEXT,
    author      TEXT,
    url         TEXT,
    path        TEXT,
    published   TEXT,
    lang        TEXT,
    rules       INTEGER NOT NULL, -- version of the rules that found the claims
    loaded_at   INTEGER NOT NULL, -- seconds since 1970
    moment      INTEGER NOT NULL, -- published, or loaded where that is unknown; seconds since 1970
    version     INTEGER NOT NULL, -- 1 for the first text of its document
    previous    INTEGER REFERENCES article (id), -- the version before
    live        INTEGER NOT NULL, -- documents whose present text this is; 0 takes its claims out of the decks
    first_claim INTEGER NOT NULL,
    claims      INTEGER NOT NULL,
    reviewed    INTEGER NOT NULL  -- claims that somebody has decided on
) STRICT;

-- Apart, so that lists of articles read no text.
CREATE TABLE article_text (
    article INTEGER PRIMARY KEY REFERENCES article (id),
    text    TEXT NOT NULL,
    hidden  BLOB NOT NULL -- what in it is no claim, and why: see store/detail.rs
) STRICT;

-- A place where articles appear: a url or a path. Several may hold the same text; each has one present text.
CREATE TABLE document (
    id      INTEGER PRIMARY KEY,
    name    TEXT UNIQUE, -- the url, else the path, else none
    article INTEGER NOT NULL REFERENCES article (id),
    version INTEGER NOT NULL,
    meta    TEXT -- JSON of what it says of itself, where the article's row says otherwise
) STRICT;
CREATE INDEX document_article ON document (article);

-- Counts are of claims in current articles, one column a status, in the order of the status codes.
CREATE TABLE source (
    id          INTEGER PRIMARY KEY,
    name        TEXT    NOT NULL UNIQUE,
    fold        TEXT    NOT NULL, -- the name as it sorts
    role        TEXT,
    kind        INTEGER NOT NULL,
    claims      INTEGER NOT NULL DEFAULT 0,
    articles    INTEGER NOT NULL DEFAULT 0,
    verified    INTEGER NOT NULL DEFAULT 0,
    unverified  INTEGER NOT NULL DEFAULT 0,
    refuted     INTEGER NOT NULL DEFAULT 0,
    disputed    INTEGER NOT NULL DEFAULT 0,
    not_a_claim INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE INDEX source_order ON source (fold, id);
CREATE INDEX source_size ON source (claims, id);

CREATE TABLE claim (
    id      INTEGER PRIMARY KEY,
    hash    BLOB    NOT NULL UNIQUE CHECK (length(hash) = 16), -- of the article and the spans
    article INTEGER NOT NULL REFERENCES article (id),
    ordinal INTEGER NOT NULL,
    mode    INTEGER NOT NULL,
    worth   INTEGER NOT NULL, -- hundredths
    source  INTEGER REFERENCES source (id),
    origin  INTEGER REFERENCES claim (id), -- the claim with the same words in the version before
    detail  BLOB    NOT NULL  -- spans, attribution, hedges, remarks, reasons: see store/detail.rs
) STRICT;
CREATE INDEX claim_origin ON claim (origin) WHERE origin IS NOT NULL;

-- Words that many claims repeat: roles, channels, hedges, reasons.
CREATE TABLE phrase (
    id   INTEGER PRIMARY KEY,
    text TEXT NOT NULL UNIQUE
) STRICT;

-- Full text. The words themselves are in article_text; the index holds none of them.
CREATE VIRTUAL TABLE claim_words USING fts5 (
    text, source, content = '', columnsize = 0, tokenize = 'unicode61 remove_diacritics 2'
);
CREATE VIRTUAL TABLE title_words USING fts5 (
    title, content = '', columnsize = 0, tokenize = 'unicode61 remove_diacritics 2'
);

-- Bytes of full text gathered before a segment is written: the default, 1 MB, makes many small ones to merge.
INSERT INTO claim_words (claim_words, rank) VALUES ('hashsize', 16777216);

-- Something a claim can have, such as status verified or outlet "The Daily".
CREATE TABLE facet (
    id    INTEGER PRIMARY KEY,
    kind  TEXT NOT NULL,
    value TEXT NOT NULL,
    UNIQUE (kind, value)
) STRICT;

-- The claims that have it. id: facet << 24 | piece, where piece is claim >> 13.
CREATE TABLE posting (
    id   INTEGER PRIMARY KEY,
    bits BLOB NOT NULL -- see store/bits.rs
) STRICT;

-- What orders sort by. id: order << 24 | piece.
CREATE TABLE sort_key (
    id   INTEGER PRIMARY KEY,
    keys BLOB NOT NULL -- see store/keys.rs
) STRICT;

CREATE TABLE decision (
    id       INTEGER PRIMARY KEY,
    uuid     BLOB    NOT NULL UNIQUE CHECK (length(uuid) = 16),
    clock    INTEGER NOT NULL,
    at       INTEGER NOT NULL,
    analyst  TEXT    NOT NULL,
    session  BLOB,
    batch    BLOB    NOT NULL,
    claim    BLOB    NOT NULL CHECK (length(claim) = 16), -- by its hash: it may arrive later
    act      TEXT    NOT NULL, -- JSON
    kind     INTEGER NOT NULL DEFAULT 0, -- 0 an act, 1 takes an act back, 2 brings one back
    live     INTEGER NOT NULL DEFAULT 1, -- 0 once taken back
    waiting  INTEGER NOT NULL DEFAULT 0  -- 1 while its claim is not here
) STRICT;
CREATE INDEX decision_order ON decision (clock, uuid);
CREATE INDEX decision_claim ON decision (claim, clock, uuid);
CREATE INDEX decision_batch ON decision (batch);
CREATE INDEX decision_undo ON decision (analyst, kind, live, clock, uuid);
CREATE INDEX decision_waiting ON decision (claim) WHERE waiting = 1;

-- The state that a claim's decisions lead to; only of claims that have any.
CREATE TABLE state (
    claim INTEGER PRIMARY KEY REFERENCES claim (id),
    state TEXT NOT NULL -- JSON
) STRICT;

CREATE TABLE counter (
    kind     TEXT    NOT NULL,
    key      TEXT    NOT NULL,
    claims   INTEGER NOT NULL,
    reviewed INTEGER NOT NULL,
    PRIMARY KEY (kind, key)
) STRICT, WITHOUT ROWID;

CREATE TABLE session (
    id         BLOB    PRIMARY KEY CHECK (length(id) = 16),
    analyst    TEXT    NOT NULL,
    query      TEXT    NOT NULL,
    ord        TEXT    NOT NULL,
    place      BLOB,
    started_at INTEGER NOT NULL,
    seen_at    INTEGER NOT NULL,
    decisions  INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX session_seen ON session (analyst, seen_at);
