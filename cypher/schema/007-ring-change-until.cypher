// Finds the change that shows a ring as it is now: the one that no later publish has replaced.
CREATE INDEX ring_change_until IF NOT EXISTS FOR (c:RingChange) ON (c.until)
