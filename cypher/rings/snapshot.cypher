// The parts of the published snapshot, in order.
// => version, bytes
MATCH (p:Control {name: 'publication'})
CALL (p) { MATCH (s:Snapshot) WHERE s.version = p.version RETURN s }
RETURN s.version AS version, s.bytes AS bytes ORDER BY s.part
