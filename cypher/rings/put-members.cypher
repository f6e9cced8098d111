// $since: ms, $rows: [{ring, account, properties: {role, membership, risk, compromise, flagged}}]
UNWIND $rows AS row
MATCH (a:Account {id: row.account})
CALL (row) { MATCH (r:Ring {id: row.ring}) RETURN r }
MERGE (a)-[m:MEMBER_OF]->(r)
ON CREATE SET m.since = datetime({epochMillis: $since})
SET m += row.properties
