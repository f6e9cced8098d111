// Whoever writes relationships between accounts and identifiers, in whatever process, does so alone until the
// transaction ends: docs/decisions/0007 (a property that is not there, set to null, locks and writes nothing).
MERGE (c:Control {name: 'edges'})
SET c.lock = null
