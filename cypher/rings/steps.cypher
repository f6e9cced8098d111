// Changes of some rings by runs whose data ends after a moment; by ring, then oldest first.
// $rings: [text], $since: date-time
// => change (JSON)
UNWIND $rings AS id
MATCH (p:Control {name: 'publication'})
MATCH (c:RingChange {ring: id})
WHERE c.version <= p.version
MATCH (r:DetectionRun {version: c.version})
WHERE r.asOf > $since
RETURN c.change AS change ORDER BY c.ring, c.version
