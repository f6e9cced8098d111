// $version: int, the newest that is no longer needed
MATCH (s:Snapshot) WHERE s.version <= $version
DELETE s
