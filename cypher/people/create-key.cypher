// Saved once; the same key again is left as it is.
// $id: text, $properties: {name, hash, scopes, createdAt, revokedAt}
MERGE (k:ApiKey {id: $id})
ON CREATE SET k += $properties
