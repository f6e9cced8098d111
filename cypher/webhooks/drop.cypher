// $ids: [text]
// => dropped
UNWIND $ids AS id
MATCH (m:DeadMessage {id: id})
WITH collect(DISTINCT m) AS found
FOREACH (m IN found | DELETE m)
RETURN size(found) AS dropped
