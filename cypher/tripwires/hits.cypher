// In the order in which they were noted.
// $note, $version: int, $ring: text or null, $limit: int
// => note, version, body (JSON)
MATCH (h:TripwireHit)
WHERE h.note > $note AND h.version >= $version AND ($ring IS NULL OR h.ring = $ring)
RETURN h.note AS note, h.version AS version, h.body AS body ORDER BY h.note LIMIT $limit
