// What rings were published with at a version or last before it; no row before their birth.
// $asked: [{place, ring, version}]
// => place, risk
UNWIND $asked AS one
MATCH (p:Control {name: 'publication'})
MATCH (c:RingChange {ring: one.ring})
WHERE c.version <= one.version AND c.version <= p.version AND c.until > one.version
RETURN one.place AS place, c.risk AS risk
