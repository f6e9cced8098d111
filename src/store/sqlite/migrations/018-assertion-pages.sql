-- Assertions are listed newest first.
CREATE INDEX assertion_at ON assertion (at, id);
