-- Decks under a name: a filter that was worked out once is at hand again, on every session over this store.

CREATE TABLE deck (
    name  TEXT PRIMARY KEY,
    query TEXT NOT NULL,
    ord   TEXT NOT NULL
) STRICT, WITHOUT ROWID;
