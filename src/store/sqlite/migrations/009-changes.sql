-- Row ids of what each of the newest changes of the state joined, as JSON, so that detection need not read all of it again.
CREATE TABLE state_change (
  number INTEGER PRIMARY KEY,
  accounts TEXT NOT NULL,
  identifiers TEXT NOT NULL
) STRICT;
