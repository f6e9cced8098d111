// $rows: [{ring, into}]
UNWIND $rows AS row
MATCH (r:Ring {id: row.ring})
CALL (row) { MATCH (into:Ring {id: row.into}) RETURN into }
MERGE (r)-[:MERGED_INTO]->(into)
