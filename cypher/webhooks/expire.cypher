// $before: ms
// => expired
MATCH (m:DeadMessage) WHERE m.at < datetime({epochMillis: $before})
WITH collect(m) AS found
FOREACH (m IN found | DELETE m)
RETURN size(found) AS expired
