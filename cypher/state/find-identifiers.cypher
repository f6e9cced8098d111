// Which identifiers are there, and those of them that are not as the row says. Locks nothing: most are there as they are
// told, and looking them up to create them would lock their places in the index.
// $rows: [{key, labels: [text], properties: {key, kind, ref, mask, tables, ...}}]
// => nodes: [[place of the row, node]],
//    stored: [{key, mask, tables, class, asn, display, displayAt (ms), displayId, sealed}]
CYPHER 5 replan=skip
UNWIND range(0, size($rows) - 1) AS n
WITH n, $rows[n] AS row
MATCH (i:Identifier {key: row.key})
RETURN collect([n, id(i)]) AS nodes, collect(CASE WHEN properties(i) <> row.properties THEN
  i {.key, .mask, .tables, .class, .asn, .display, displayAt: i.displayAt.epochMillis, .displayId,
  .sealed} END) AS stored
