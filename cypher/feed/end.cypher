// The place after everything in the feed.
// => version, note
MATCH (p:Control {name: 'publication'})
RETURN coalesce(p.version, 0) AS version, coalesce(p.notes, 0) AS note
