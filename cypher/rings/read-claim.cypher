// What a publish has to agree with. The publication is held.
// => claim, version, publishedClaim
MATCH (p:Control {name: 'publication'})
RETURN coalesce(p.claim, 0) AS claim, coalesce(p.version, 0) AS version, p.publishedClaim AS publishedClaim
