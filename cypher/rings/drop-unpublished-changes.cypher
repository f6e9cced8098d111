// Forgets the rows of a publish that was never finished.
// $version: int, the one that is about to be published
MATCH (c:RingChange) WHERE c.version >= $version
DETACH DELETE c
