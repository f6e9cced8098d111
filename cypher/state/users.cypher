// Who uses some identifiers: how many accounts, and the first uses by account and type.
// $keys: [text], $usesMax: int
// => key, kind, ref, mask, tables, class, asn, place, display, displayAt (ms), displayId, accounts,
//    uses: [[account, createdAt, signupAt, type, firstAt, lastAt (ms), days, times]]
UNWIND $keys AS key
MATCH (i:Identifier {key: key})
CALL (i) {
  MATCH (a:Account)-[:USED]->(i)
  RETURN count(DISTINCT a) AS accounts
}
CALL (i) {
  MATCH (a:Account)-[u:USED]->(i)
  WITH a, u ORDER BY a.id, u.type LIMIT $usesMax
  RETURN collect([a.id, a.createdAt.epochMillis, a.signupAt.epochMillis, u.type,
    u.firstSeen.epochMillis, u.lastSeen.epochMillis, u.days, u.times]) AS uses
}
RETURN i.key AS key, i.kind AS kind, i.ref AS ref, i.mask AS mask, i.tables AS tables, i.class AS class,
  i.asn AS asn, i.place AS place, i.display AS display, i.displayAt.epochMillis AS displayAt, i.displayId AS displayId, accounts, uses
