// Forgets the snapshot of a publish that was never finished.
// $version: int, the one that is about to be published
MATCH (s:Snapshot) WHERE s.version >= $version
DELETE s
