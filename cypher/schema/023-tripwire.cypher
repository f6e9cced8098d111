// Identifiers that are watched.
CREATE CONSTRAINT tripwire_id IF NOT EXISTS FOR (t:Tripwire) REQUIRE t.id IS UNIQUE
