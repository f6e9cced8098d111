// $rows: [{account, source}]
// => account, source, label, reason, at (ms)
UNWIND $rows AS row
MATCH (a:Account {id: row.account})-[l:LABELLED]->(s:LabelSource {name: row.source})
RETURN a.id AS account, s.name AS source, l.label AS label, l.reason AS reason, l.at.epochMillis AS at
