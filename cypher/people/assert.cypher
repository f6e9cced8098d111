// $id: text, $properties: {kind, subjects, author, reason, at, body}
MERGE (a:Assertion {id: $id})
SET a += $properties
