// Hits that were noted before there were other notes.
MATCH (h:TripwireHit) WHERE NOT h:FeedNote
CALL (h) { SET h:FeedNote } IN TRANSACTIONS OF 1000 ROWS
