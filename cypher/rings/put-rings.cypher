// Rings for people who look at the graph.
// $rows: [{id, properties: {status, class, subtype, risk, size, firstSeen, lastSeen, bornVersion, version, evidence}}]
UNWIND $rows AS row
MERGE (r:Ring {id: row.id})
SET r += row.properties
