-- Models of judging made from the deployment's own labels, and which of them judge since when.
CREATE TABLE local_models (
  id TEXT PRIMARY KEY,
  made_at INTEGER NOT NULL,
  report TEXT NOT NULL,
  body TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE models_choice (
  id TEXT PRIMARY KEY,
  -- NULL for those that are shipped.
  models TEXT,
  author TEXT NOT NULL,
  at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
