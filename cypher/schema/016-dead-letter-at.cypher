// Refused lines by age.
CREATE INDEX dead_letter_at IF NOT EXISTS FOR (d:DeadLetter) ON (d.at)
