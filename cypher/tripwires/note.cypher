// The publication is held, so that hits are numbered in the order in which they are seen.
// $notes: int, the number of the last, $rows: [{id, properties: {note, version, ring, account, tripwire, at, body}}]
UNWIND $rows AS row
MERGE (h:TripwireHit {id: row.id})
SET h:FeedNote, h += row.properties
WITH count(*) AS noted
MATCH (p:Control {name: 'publication'})
SET p.notes = $notes
