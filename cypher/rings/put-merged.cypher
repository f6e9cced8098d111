// $rows: [{ring, into}]
UNWIND $rows AS row
MATCH (r:Ring {id: row.ring})
MATCH (into:Ring {id: row.into})
MERGE (r)-[:MERGED_INTO]->(into)
