// Revokes a key that is live then. The same revocation again, of a commit whose answer was lost, is answered alike.
// $id: text, $at: ms
// => id
MATCH (k:ApiKey {id: $id}) WHERE k.revokedAt IS NULL OR k.revokedAt >= datetime({epochMillis: $at})
SET k.revokedAt = datetime({epochMillis: $at})
RETURN k.id AS id
