// $ring: text or null
// => body (JSON)
MATCH (d:Decision) WHERE $ring IS NULL OR d.ring = $ring
RETURN d.body AS body ORDER BY d.id
