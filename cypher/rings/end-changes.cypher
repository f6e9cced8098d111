// What the rings showed before ends with this version; readers of the version before still see it.
// $version: int, $rings: [text]
UNWIND $rings AS ring
MATCH (c:RingChange {ring: ring}) WHERE c.version < $version AND c.until > $version
SET c.until = $version
