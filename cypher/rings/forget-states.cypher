// Rows that the last publish replaced keep their change, not the whole ring.
// $version: int, the published one
MATCH (c:RingChange) WHERE c.until = $version
REMOVE c.state
