// Changes after a cursor, oldest first.
// $afterVersion: int, $afterRing: text, $ring: text or null, $limit: int
// => change (JSON)
MATCH (p:Control {name: 'publication'})
MATCH (c:RingChange)
WHERE c.version >= $afterVersion AND c.version <= p.version
  AND (c.version > $afterVersion OR c.ring > $afterRing)
  AND ($ring IS NULL OR c.ring = $ring)
RETURN c.change AS change ORDER BY c.version, c.ring LIMIT $limit
