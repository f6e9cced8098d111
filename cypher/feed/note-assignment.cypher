// The publication is held, so that notes are numbered in the order in which they are seen.
// $note: int, $id: text, $properties: {note, version, ring, owner, by, at, body}
MERGE (n:RingAssignment {id: $id})
SET n:FeedNote, n += $properties
WITH n
MATCH (p:Control {name: 'publication'})
SET p.notes = $note
