// Identifiers by their keys; those that are not known are left out.
// $keys: [text]
// => key, kind, ref, mask, tables, class, asn, place, display, displayAt (ms), displayId
UNWIND $keys AS key
MATCH (i:Identifier {key: key})
RETURN i.key AS key, i.kind AS kind, i.ref AS ref, i.mask AS mask, i.tables AS tables, i.class AS class,
  i.asn AS asn, i.place AS place, i.display AS display, i.displayAt.epochMillis AS displayAt, i.displayId AS displayId
