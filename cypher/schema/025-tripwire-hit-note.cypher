// The feed goes along it.
CREATE INDEX tripwire_hit_note IF NOT EXISTS FOR (h:TripwireHit) ON (h.note)
