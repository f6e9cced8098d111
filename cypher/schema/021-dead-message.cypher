// A message to a receiver that was given up.
CREATE CONSTRAINT dead_message_id IF NOT EXISTS FOR (m:DeadMessage) REQUIRE m.id IS UNIQUE
