// $rows: [{id, firstAt, lastAt (ms), days, recent}]
UNWIND $rows AS row
MATCH ()-[r]->() WHERE elementId(r) = row.id
SET r.firstSeen = datetime({epochMillis: row.firstAt}), r.lastSeen = datetime({epochMillis: row.lastAt}),
  r.days = row.days, r.recent = row.recent
