// $ids: [text]
// => dropped
UNWIND $ids AS id
MATCH (d:DeadLetter {id: id})
WITH collect(DISTINCT d) AS found
FOREACH (d IN found | DELETE d)
RETURN size(found) AS dropped
