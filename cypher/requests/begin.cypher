// Claims a request, unless it was begun before and is not over yet. Its id never changes, so that setting it to what it is
// locks it and writes nothing; what is read after that is what the last one to hold it left.
// $id: text, $now: ms, $properties: {content, claim, until}
// => content, claim, answer (bytes): of whoever has claimed it
MERGE (r:NamedRequest {id: $id})
ON CREATE SET r += $properties
ON MATCH SET r.id = $id
WITH r
FOREACH (_ IN CASE WHEN r.until <= datetime({epochMillis: $now}) THEN [1] ELSE [] END |
  SET r.answer = null, r += $properties)
RETURN r.content AS content, r.claim AS claim, r.answer AS answer
