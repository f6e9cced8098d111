// What one publish did to one ring.
CREATE CONSTRAINT ring_change_key IF NOT EXISTS FOR (c:RingChange) REQUIRE (c.ring, c.version) IS UNIQUE
