// Who was given which ring.
CREATE CONSTRAINT ring_assignment_id IF NOT EXISTS FOR (a:RingAssignment) REQUIRE a.id IS UNIQUE
