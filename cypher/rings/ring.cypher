// One ring as the published version shows it.
// $ring: text
// => state (JSON)
MATCH (p:Control {name: 'publication'})
MATCH (c:RingChange {ring: $ring})
WHERE c.until > p.version AND c.version <= p.version
RETURN c.state AS state
