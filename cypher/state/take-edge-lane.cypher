// Whoever writes relationships between accounts and identifiers, in whatever process, does so alone until the
// transaction ends: docs/decisions/0007 (removing a property that is not there writes nothing).
MERGE (c:Control {name: 'edges'})
REMOVE c.lock
