// Oldest first.
// $after, $limit: int
// => body (JSON)
MATCH (e:AuditEntry) WHERE e.seq > $after
RETURN e.body AS body ORDER BY e.seq LIMIT $limit
