// The parts of the published snapshot, in order.
// => version, bytes
MATCH (p:Control {name: 'publication'})
MATCH (s:Snapshot {version: p.version})
RETURN s.version AS version, s.bytes AS bytes ORDER BY s.part
