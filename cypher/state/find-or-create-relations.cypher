// Creates relations that are new and answers the others as they are. The accounts are locked, so nobody creates them
// meanwhile. The name is one of seven that the program holds; none comes from input.
// $rows: [{n, from, to, name, type, firstAt, lastAt (ms), days, recent}]
// => handled: rows whose accounts were found, stored: [[n, id, firstAt, lastAt, days, recent]]
UNWIND $rows AS row
MATCH (a:Account {id: row.from})
CALL (row) { MATCH (b:Account {id: row.to}) RETURN b }
OPTIONAL MATCH (a)-[r:PAID|REFUNDED|REFERRED|GIFTED|MESSAGED|REVIEWED|REPORTED_BY {type: row.type}]->(b)
WHERE type(r) = row.name
FOREACH (_ IN CASE WHEN r IS NULL THEN [1] ELSE [] END |
  CREATE (a)-[:$(row.name) {type: row.type, firstSeen: datetime({epochMillis: row.firstAt}),
    lastSeen: datetime({epochMillis: row.lastAt}), days: row.days, recent: row.recent}]->(b))
RETURN count(*) AS handled, collect(CASE WHEN r IS NOT NULL THEN
  [row.n, elementId(r), r.firstSeen.epochMillis, r.lastSeen.epochMillis, r.days, r.recent] END) AS stored
