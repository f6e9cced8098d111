// Saved once; the same id again is left as it is.
// $id: text, $properties: {madeAt, report (JSON), body (JSON)}
MERGE (m:LocalModels {id: $id})
ON CREATE SET m += $properties
