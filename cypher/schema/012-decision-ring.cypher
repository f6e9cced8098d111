// The verdicts on one ring.
CREATE INDEX decision_ring IF NOT EXISTS FOR (d:Decision) ON (d.ring)
