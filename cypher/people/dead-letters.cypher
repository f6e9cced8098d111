// Oldest first, behind a letter.
// $after: id or null, $limit: int, $sealed: boolean
// => id, stream, source, line, pointer, code, at (ms), sealed
OPTIONAL MATCH (last:DeadLetter {id: $after})
MATCH (d:DeadLetter)
WHERE d.at IS NOT NULL AND ($after IS NULL OR d.at > last.at OR (d.at = last.at AND d.id > last.id))
WITH d ORDER BY d.at, d.id LIMIT $limit
RETURN d.id AS id, d.stream AS stream, d.source AS source, d.line AS line, d.pointer AS pointer, d.code AS code,
  d.at.epochMillis AS at, CASE WHEN $sealed THEN d.sealed END AS sealed
ORDER BY d.at, d.id
