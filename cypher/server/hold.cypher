// Holds what there is one of until the transaction ends: edges, the state's progress, the publication. A label that a
// node has already locks it when it is set, and writes nothing. (So does no property that is not there: a database
// that never saw its name passes over it.) It is a statement of its own because a statement may read before it locks.
// $name: text
MERGE (c:Control {name: $name})
SET c:Control
