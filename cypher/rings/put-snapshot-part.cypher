// $version: int, $part: int, $bytes
MERGE (s:Snapshot {version: $version, part: $part})
SET s.bytes = $bytes
