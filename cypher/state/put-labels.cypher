// The account is locked, so nobody puts another label of the same source beside this one.
// $rows: [{account, source, label, reason, at (ms)}]
UNWIND $rows AS row
MATCH (a:Account {id: row.account})
MERGE (s:LabelSource {name: row.source})
MERGE (a)-[l:LABELLED]->(s)
SET l.label = row.label, l.reason = row.reason, l.at = datetime({epochMillis: row.at})
