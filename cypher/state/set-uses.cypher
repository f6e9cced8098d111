// $rows: [[id, firstAt, lastAt (ms), days, sessions, times]]
UNWIND $rows AS row
MATCH ()-[u:USED]->() WHERE elementId(u) = row[0]
SET u.firstSeen = datetime({epochMillis: row[1]}), u.lastSeen = datetime({epochMillis: row[2]}),
  u.days = row[3], u.sessions = row[4], u.times = row[5]
