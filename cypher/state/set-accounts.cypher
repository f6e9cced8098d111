// $rows: [[id, createdAt, signupAt, firstAt, lastAt (ms), activity (JSON)]]
UNWIND $rows AS row
MATCH (a:Account {id: row[0]})
SET a.createdAt = CASE WHEN row[1] IS NOT NULL THEN datetime({epochMillis: row[1]}) END,
  a.signupAt = CASE WHEN row[2] IS NOT NULL THEN datetime({epochMillis: row[2]}) END,
  a.firstSeen = CASE WHEN row[3] IS NOT NULL THEN datetime({epochMillis: row[3]}) END,
  a.lastSeen = CASE WHEN row[4] IS NOT NULL THEN datetime({epochMillis: row[4]}) END,
  a.activity = row[5]
