// $rows: [{id, firstAt, lastAt (ms), days, sessions, times}]
UNWIND $rows AS row
MATCH ()-[u:USED]->() WHERE elementId(u) = row.id
SET u.firstSeen = datetime({epochMillis: row.firstAt}), u.lastSeen = datetime({epochMillis: row.lastAt}),
  u.days = row.days, u.sessions = row.sessions, u.times = row.times
