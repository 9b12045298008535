-- What an analyst added to an article by hand goes on to its next version, also where the addition arrives after that.

CREATE INDEX article_previous ON article (previous) WHERE previous IS NOT NULL;
