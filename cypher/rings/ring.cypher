// One ring as the published version shows it.
// $ring: text
// => state (JSON), owner, since
MATCH (p:Control {name: 'publication'})
MATCH (c:RingChange {ring: $ring})
WHERE c.until > p.version AND c.version <= p.version
OPTIONAL MATCH (r:Ring {id: $ring})
RETURN c.state AS state, r.owner AS owner, r.ownedSince.epochMillis AS since
