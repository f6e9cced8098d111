// In the order in which they were noted.
// $note, $version: int, $ring: text or null, $limit: int
// => note, version, body (JSON)
MATCH (n:FeedNote)
WHERE n.note > $note AND n.version >= $version AND ($ring IS NULL OR n.ring = $ring)
RETURN n.note AS note, n.version AS version, n.body AS body ORDER BY note LIMIT $limit
