// Whether an act was written down before, as by a commit whose answer was lost.
// $act: text
// => seq
MATCH (e:AuditEntry {act: $act})
RETURN e.seq AS seq
