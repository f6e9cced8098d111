// Holds what there is one of until the transaction ends: edges, the state's progress, the publication. A property that
// is not there, set to null, locks its node and writes nothing; removing it would not lock. It is a statement of its
// own because a statement may read a node before it locks it.
// $name: text
MERGE (c:Control {name: $name})
SET c.lock = null
