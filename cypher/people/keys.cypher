// => id, name, hash, scopes, createdAt, revokedAt (ms)
MATCH (k:ApiKey)
RETURN k.id AS id, k.name AS name, k.hash AS hash, k.scopes AS scopes, k.createdAt.epochMillis AS createdAt,
  k.revokedAt.epochMillis AS revokedAt
ORDER BY k.createdAt, k.id
