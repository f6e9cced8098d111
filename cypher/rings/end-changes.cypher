// What the rings showed before ends with this version; readers of the version before still see it. A ring's node names the
// version that changed it last, so that its whole history need not be looked through.
// $version: int, $rings: [text]
UNWIND $rings AS ring
MATCH (r:Ring {id: ring})
MATCH (c:RingChange {ring: ring, version: r.version}) WHERE c.version < $version AND c.until > $version
SET c.until = $version
