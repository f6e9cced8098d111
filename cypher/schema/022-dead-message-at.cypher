// Messages that were given up, by age.
CREATE INDEX dead_message_at IF NOT EXISTS FOR (m:DeadMessage) ON (m.at)
