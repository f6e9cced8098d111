// One ring's changes up to a version, oldest first.
// $ring: text, $version: int
// => change (JSON)
MATCH (p:Control {name: 'publication'})
MATCH (c:RingChange {ring: $ring})
WHERE c.version <= $version AND c.version <= p.version
RETURN c.change AS change ORDER BY c.version
