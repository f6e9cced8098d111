// Who came with a watched identifier.
CREATE CONSTRAINT tripwire_hit_id IF NOT EXISTS FOR (h:TripwireHit) REQUIRE h.id IS UNIQUE
