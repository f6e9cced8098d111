// The audit is held, so that entries follow each other.
// $properties: {seq, act, at, by, action, subject, body}, $head: JSON
MATCH (c:Control {name: 'audit'})
SET c.head = $head
CREATE (e:AuditEntry)
SET e += $properties
