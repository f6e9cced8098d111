// Everything stored of some accounts, one row of lists each.
// $ids: [text]
// => id, createdAt (ms), activity (JSON), uses, relations, labels
UNWIND $ids AS id
MATCH (a:Account {id: id})
RETURN a.id AS id, a.createdAt.epochMillis AS createdAt,
  a.activity AS activity,
  [(a)-[u:USED]->(i) |
    [i.key, u.type, u.firstSeen.epochMillis, u.lastSeen.epochMillis, u.days, u.sessions, u.times]] AS uses,
  [(a)-[r:PAID|REFUNDED|REFERRED|GIFTED|MESSAGED|REVIEWED|REPORTED_BY]->(b:Account) |
    [type(r), b.id, r.type, r.firstSeen.epochMillis, r.lastSeen.epochMillis, r.days, r.recent]] AS relations,
  [(a)-[l:LABELLED]->(s:LabelSource) | [s.name, l.label, l.reason, l.at.epochMillis]] AS labels
