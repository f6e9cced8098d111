-- Which events the log holds, up to meta's keyed_seq. Keys come in no order: one by one each would dirty a page of its
-- own, so those of the newest events are kept in memory and come here together, sorted (event-keys.ts).
CREATE TABLE event_key (
  id TEXT NOT NULL,
  content TEXT NOT NULL,
  tables INTEGER NOT NULL,
  PRIMARY KEY (id, content, tables)
) STRICT, WITHOUT ROWID;
INSERT INTO event_key SELECT id, content, tables FROM event ORDER BY id, content, tables;
INSERT OR REPLACE INTO meta SELECT 'keyed_seq', coalesce(max(seq), 0) FROM event;
DROP INDEX event_by_id;
