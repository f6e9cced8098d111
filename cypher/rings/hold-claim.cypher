// Holds the publication until the transaction ends: a property that is not there, set to null, locks its node and
// writes nothing. (Removing it would not lock.)
// => claim, version, publishedClaim
MATCH (p:Control {name: 'publication'})
SET p.lock = null
RETURN p.claim AS claim, coalesce(p.version, 0) AS version, p.publishedClaim AS publishedClaim
