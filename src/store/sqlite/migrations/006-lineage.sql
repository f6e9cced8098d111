-- Where a ring came from, and what is left of one that ended: by that it comes back under its id.
ALTER TABLE ring ADD COLUMN parent TEXT;
ALTER TABLE ring ADD COLUMN ended_at INTEGER;
-- Accounts that made it then, a JSON list.
ALTER TABLE ring ADD COLUMN ended_core TEXT;

UPDATE ring SET parent = (
  SELECT json_extract(body, '$.parent') FROM ring_change WHERE ring_change.ring = ring.id ORDER BY version LIMIT 1
);

CREATE INDEX ring_by_end ON ring (status, ended_at);
CREATE INDEX ring_by_parent ON ring (parent);
CREATE INDEX ring_by_absorber ON ring (moved_to);
