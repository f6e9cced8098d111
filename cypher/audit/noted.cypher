// The row of an act, if it was written down before, as by a commit whose answer was lost.
// $act: text
// => body (JSON)
MATCH (e:AuditEntry {act: $act})
RETURN e.body AS body
