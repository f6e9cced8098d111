// Some rings as the published version shows them, in no order.
// $rings: [text]
// => state (JSON), owner, since
UNWIND $rings AS id
MATCH (p:Control {name: 'publication'})
MATCH (c:RingChange {ring: id})
WHERE c.until > p.version AND c.version <= p.version
OPTIONAL MATCH (r:Ring {id: id})
RETURN c.state AS state, r.owner AS owner, r.ownedSince.epochMillis AS since
