// The number of changes tells who keeps them in memory that there are others.
// $id: text, $properties: {ring, author, reason, at, disarmedAt, body}
MERGE (t:Tripwire {id: $id})
SET t += $properties
WITH t
MATCH (c:Control {name: 'tripwires'})
SET c.changes = coalesce(c.changes, 0) + 1
