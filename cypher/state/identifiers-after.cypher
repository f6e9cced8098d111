// A page of identifiers along their keys.
// $after: text, $limit: int
// => key, kind, ref, mask, tables, class, asn, place, display, displayAt (ms), displayId
MATCH (i:Identifier) WHERE i.key > $after
WITH i ORDER BY i.key LIMIT $limit
RETURN i.key AS key, i.kind AS kind, i.ref AS ref, i.mask AS mask, i.tables AS tables, i.class AS class,
  i.asn AS asn, i.place AS place, i.display AS display, i.displayAt.epochMillis AS displayAt, i.displayId AS displayId
