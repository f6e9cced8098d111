// $rows: [{ring, from}]
UNWIND $rows AS row
MATCH (r:Ring {id: row.ring})
CALL (row) { MATCH (from:Ring {id: row.from}) RETURN from }
MERGE (r)-[:SPLIT_FROM]->(from)
