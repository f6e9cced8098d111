// The encrypted value of one identifier; no row where nobody used it.
// $key: text
// => sealed
MATCH (i:Identifier {key: $key})
RETURN i.sealed AS sealed
