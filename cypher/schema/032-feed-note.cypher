// The feed goes along it.
CREATE INDEX feed_note IF NOT EXISTS FOR (n:FeedNote) ON (n.note)
