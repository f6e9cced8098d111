// Locks accounts until the transaction ends: a label that a node has already locks it and writes nothing.
// $ids: [text], ascending
UNWIND $ids AS id
MATCH (a:Account {id: id})
SET a:Account
