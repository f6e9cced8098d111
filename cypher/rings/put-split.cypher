// $rows: [{ring, from}]
UNWIND $rows AS row
MATCH (r:Ring {id: row.ring})
MATCH (from:Ring {id: row.from})
MERGE (r)-[:SPLIT_FROM]->(from)
