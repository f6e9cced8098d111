// $ring: text, $owner: text or null, $since: time or null
MATCH (r:Ring {id: $ring})
SET r.owner = $owner, r.ownedSince = $since
