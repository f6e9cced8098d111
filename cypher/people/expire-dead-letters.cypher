// $before: ms
// => expired
MATCH (d:DeadLetter) WHERE d.at < datetime({epochMillis: $before})
WITH collect(d) AS found
FOREACH (d IN found | DELETE d)
RETURN size(found) AS expired
