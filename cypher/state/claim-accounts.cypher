// Creates accounts that are new, with all there is of them, locks the others until the transaction ends (a label that a
// node has already locks it and writes nothing), and answers those of the others that the row may change. Nodes are
// named by their number in the store, as long as they are locked: looking them up again costs as much as to create.
// $rows: [[id, createdAt, signupAt, firstAt, lastAt (ms), activity (JSON)]], ascending by id
// => nodes: [[place of the row, node]], stored: [[place, createdAt (ms), activity]]
CYPHER 5 replan=skip
UNWIND range(0, size($rows) - 1) AS n
WITH n, $rows[n] AS row
MERGE (a:Account {id: row[0]})
ON CREATE SET a.createdAt = CASE WHEN row[1] IS NOT NULL THEN datetime({epochMillis: row[1]}) END,
  a.signupAt = CASE WHEN row[2] IS NOT NULL THEN datetime({epochMillis: row[2]}) END,
  a.firstSeen = CASE WHEN row[3] IS NOT NULL THEN datetime({epochMillis: row[3]}) END,
  a.lastSeen = CASE WHEN row[4] IS NOT NULL THEN datetime({epochMillis: row[4]}) END,
  a.activity = row[5]
ON MATCH SET a:Account
RETURN collect([n, id(a)]) AS nodes,
  collect(CASE WHEN coalesce(a.activity, '') <> coalesce(row[5], a.activity, '')
      OR coalesce(a.createdAt.epochMillis > row[1], row[1] IS NOT NULL)
    THEN [n, a.createdAt.epochMillis, a.activity] END) AS stored
