-- What came in since a moment, which is told at the start of every review: without reading every article.

CREATE INDEX article_loaded ON article (loaded_at, live, claims, previous);
