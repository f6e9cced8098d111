// $rows: [{id, properties: {createdAt, activityTypes, login_firstSeen, login_lastSeen, login_days, login_recent, ...}}]
UNWIND $rows AS row
MATCH (a:Account {id: row.id})
SET a += row.properties
