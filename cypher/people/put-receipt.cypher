// Frozen once; the same decision again leaves it as it is.
// $decision, $hash, $body: text
MATCH (d:Decision {id: $decision})
MERGE (r:Receipt {decision: $decision})
ON CREATE SET r.hash = $hash, r.body = $body
MERGE (d)-[:TAKEN_ON]->(r)
