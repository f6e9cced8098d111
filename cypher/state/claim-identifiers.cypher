// Creates identifiers that are new; others were there all the same, and those are answered that are not as the row says. Locks none of them:
// who locks several waits for commits that wait for it (decision 0010). Nodes are named by their number in the store,
// which they keep: no identifier is ever removed.
// $rows: [{key, labels: [text], properties: {key, kind, ref, mask, tables, ...}}], ascending by key
// => nodes: [[place of the row, node]],
//    stored: [{key, mask, tables, class, asn, display, displayAt (ms), displayId, sealed}]
CYPHER 5 replan=skip
UNWIND range(0, size($rows) - 1) AS n
WITH n, $rows[n] AS row
MERGE (i:Identifier {key: row.key})
ON CREATE SET i:$(row.labels), i += row.properties
RETURN collect([n, id(i)]) AS nodes, collect(CASE WHEN properties(i) <> row.properties THEN
  i {.key, .mask, .tables, .class, .asn, .display, displayAt: i.displayAt.epochMillis, .displayId,
  .sealed} END) AS stored
