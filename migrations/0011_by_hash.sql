-- Where a claim stands, by its hash, in sorted runs instead of an index.
--
-- Hashes fall anywhere in an index, so at millions of claims each transaction of a load changed most of its pages: it was
-- written many times over, and was out of every cache. A run is written once, in the order of its hashes, in buckets by their
-- first bits; the next run takes in those before it that are not much longer. So a load only appends here too, and a
-- claim takes a third of the room. See store/by_hash.rs.

CREATE TABLE hash_run (
    id     INTEGER PRIMARY KEY,
    bits   INTEGER NOT NULL, -- of a hash say in which bucket it is
    claims INTEGER NOT NULL
) STRICT;

-- id: run << 24 | bucket.
CREATE TABLE hash_bucket (
    id      INTEGER PRIMARY KEY,
    entries BLOB NOT NULL -- eight bytes of a hash and four of its claim's number, as often as there are claims
) STRICT;

INSERT INTO hash_run (id, bits, claims) SELECT 1, 12, count(*) FROM claim HAVING count(*) > 0;
INSERT INTO hash_bucket (id, entries)
SELECT (1 << 24) + (instr('0123456789ABCDEF', substr(bucket, 1, 1)) - 1) * 256
                 + (instr('0123456789ABCDEF', substr(bucket, 2, 1)) - 1) * 16
                 + (instr('0123456789ABCDEF', substr(bucket, 3, 1)) - 1),
       unhex(group_concat(entry, '' ORDER BY hash))
FROM (SELECT hash, substr(hex(hash), 1, 3) AS bucket, hex(substr(hash, 1, 8)) || printf('%08X', id) AS entry FROM claim)
GROUP BY bucket;

-- The same table without the index.
CREATE TABLE claim_again (
    id      INTEGER PRIMARY KEY,
    hash    BLOB    NOT NULL CHECK (length(hash) = 16), -- of the article and the spans
    article INTEGER NOT NULL REFERENCES article (id),
    ordinal INTEGER NOT NULL,
    mode    INTEGER NOT NULL,
    worth   INTEGER NOT NULL, -- hundredths
    source  INTEGER REFERENCES source (id),
    origin  INTEGER REFERENCES claim (id), -- the claim with the same words in the version before
    detail  BLOB    NOT NULL  -- spans, attribution, hedges, remarks, reasons: see store/detail.rs
) STRICT;
INSERT INTO claim_again SELECT id, hash, article, ordinal, mode, worth, source, origin, detail FROM claim;
DROP TABLE claim;
ALTER TABLE claim_again RENAME TO claim;
CREATE INDEX claim_origin ON claim (origin) WHERE origin IS NOT NULL;
