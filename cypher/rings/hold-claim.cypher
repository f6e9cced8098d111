// Holds the publication until the transaction ends (removing a property that is not there writes nothing).
// => claim, version, publishedClaim
MATCH (p:Control {name: 'publication'})
REMOVE p.lock
RETURN p.claim AS claim, coalesce(p.version, 0) AS version, p.publishedClaim AS publishedClaim
