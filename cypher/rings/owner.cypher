// Who looks after a ring. No row when there is no such ring.
// $ring: text
// => owner, since
MATCH (r:Ring {id: $ring})
RETURN r.owner AS owner, r.ownedSince.epochMillis AS since
