// The feed of changes goes along it.
CREATE INDEX ring_change_version IF NOT EXISTS FOR (c:RingChange) ON (c.version)
