// Oldest first.
// $webhook: text or null, $again: boolean or null, $limit: int
// => body (JSON)
MATCH (m:DeadMessage)
WHERE ($webhook IS NULL OR m.webhook = $webhook) AND ($again IS NULL OR m.again = $again)
RETURN m.body AS body ORDER BY m.at, m.id LIMIT $limit
