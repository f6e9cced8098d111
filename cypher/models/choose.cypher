// Saved once; the same id again is left as it is.
// $id: text, $properties: {models (absent for those that are shipped), author, at}
MERGE (c:ModelsChoice {id: $id})
ON CREATE SET c += $properties
