// The state changed. The progress is held. The number only has to grow, so that committing this twice does no harm.
// $newestAt: ms or null, $accounts: [id] and $identifiers: [key] that were joined, $news: [key], those of them that are new or
// of which something is known anew, $kept: int, changes that are known
MERGE (c:Control {name: 'state'})
SET c.changes = coalesce(c.changes, 0) + 1,
    c.newestAt = CASE
      WHEN $newestAt IS NULL THEN c.newestAt
      WHEN c.newestAt IS NULL OR c.newestAt.epochMillis < $newestAt THEN datetime({epochMillis: $newestAt})
      ELSE c.newestAt
    END
CREATE (:StateChange {number: c.changes, accounts: $accounts, identifiers: $identifiers, news: $news})
WITH c.changes - $kept AS last
MATCH (old:StateChange) WHERE old.number <= last
DELETE old
