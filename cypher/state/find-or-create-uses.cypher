// Creates uses that are new and answers the others as they are. The lane is taken, so nobody creates them meanwhile.
// $rows: [{n, account, key, type, firstAt, lastAt (ms), days, sessions, times}]
// => handled: rows whose account and identifier were found,
//    stored: [[n, id, firstAt, lastAt, days, sessions, times]]
UNWIND $rows AS row
MATCH (a:Account {id: row.account})
CALL (row) { MATCH (i:Identifier {key: row.key}) RETURN i }
OPTIONAL MATCH (a)-[u:USED {type: row.type}]->(i)
FOREACH (_ IN CASE WHEN u IS NULL THEN [1] ELSE [] END |
  CREATE (a)-[:USED {type: row.type, firstSeen: datetime({epochMillis: row.firstAt}),
    lastSeen: datetime({epochMillis: row.lastAt}), days: row.days, sessions: row.sessions, times: row.times}]->(i))
RETURN count(*) AS handled, collect(CASE WHEN u IS NOT NULL THEN
  [row.n, elementId(u), u.firstSeen.epochMillis, u.lastSeen.epochMillis, u.days, u.sessions, u.times] END) AS stored
