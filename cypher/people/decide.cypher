// $id: text, $properties: {ring, verdict, author, reason, at, body}
MERGE (d:Decision {id: $id})
SET d += $properties
WITH d
MATCH (r:Ring {id: d.ring})
MERGE (d)-[:ABOUT]->(r)
