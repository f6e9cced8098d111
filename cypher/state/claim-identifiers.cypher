// Creates identifiers that are new, locks the others until the transaction ends (a label that a
// node has already locks it and writes nothing), and answers those others as they are.
// $rows: [{key, labels: [text], properties: {key, kind, ref, mask, tables, ...}}], ascending by key
// => key, mask, tables, class, asn, display, displayAt (ms), displayId
UNWIND $rows AS row
MERGE (i:Identifier {key: row.key})
ON CREATE SET i:$(row.labels), i += row.properties
SET i:Identifier
WITH i, row WHERE properties(i) <> row.properties
RETURN i.key AS key, i.mask AS mask, i.tables AS tables, i.class AS class, i.asn AS asn,
  i.display AS display, i.displayAt.epochMillis AS displayAt, i.displayId AS displayId
