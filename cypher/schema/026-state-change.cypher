// What the newest changes of the state joined.
CREATE CONSTRAINT state_change_number IF NOT EXISTS FOR (c:StateChange) REQUIRE c.number IS UNIQUE
