// Which hits were noted before.
// $ids: [text]
// => id
UNWIND $ids AS id
MATCH (h:TripwireHit {id: id})
RETURN h.id AS id
