// Locks identifiers until the transaction ends (a property set to what it is writes nothing) and answers what is stored.
// The commits are held, so that nobody waits for these.
// $nodes: [int]
// => key, mask, tables, class, asn, place, display, displayAt (ms), displayId, sealed
CYPHER 5 replan=skip
UNWIND $nodes AS node
MATCH (i:Identifier) WHERE id(i) = node
SET i.kind = i.kind
RETURN i.key AS key, i.mask AS mask, i.tables AS tables, i.class AS class, i.asn AS asn, i.place AS place,
  i.display AS display, i.displayAt.epochMillis AS displayAt, i.displayId AS displayId, i.sealed AS sealed
