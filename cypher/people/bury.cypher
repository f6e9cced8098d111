// $rows: [{id, properties: {stream, source, line, pointer, code, at, sealed}}]
UNWIND $rows AS row
MERGE (d:DeadLetter {id: row.id})
ON CREATE SET d += row.properties
