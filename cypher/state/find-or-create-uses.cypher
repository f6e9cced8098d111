// Creates uses that are new and answers the others as they are. The accounts are locked, so nobody creates them meanwhile.
// $groups: [[identifier's node, [[n, account's node, type, firstAt, lastAt (ms; null: as firstAt), days, sessions, times]]]], ascending by key
// => handled: uses whose account and identifier were found,
//    stored: [[n, id, firstAt, lastAt, days, sessions, times]]
CYPHER 5 replan=skip
UNWIND $groups AS group
MATCH (i:Identifier) WHERE id(i) = group[0]
UNWIND group[1] AS row
MATCH (a:Account) WHERE id(a) = row[1]
OPTIONAL MATCH (a)-[u:USED {type: row[2]}]->(i)
FOREACH (_ IN CASE WHEN u IS NULL THEN [1] ELSE [] END |
  CREATE (a)-[:USED {type: row[2], firstSeen: datetime({epochMillis: row[3]}),
    lastSeen: datetime({epochMillis: coalesce(row[4], row[3])}), days: row[5], sessions: row[6], times: row[7]}]->(i))
RETURN count(*) AS handled, collect(CASE WHEN u IS NOT NULL THEN
  [row[0], elementId(u), u.firstSeen.epochMillis, u.lastSeen.epochMillis, u.days, u.sessions, u.times] END) AS stored
