-- Row ids of the identifiers that were not there before, or of which something is known anew; NULL where nobody noted it.
ALTER TABLE state_change ADD COLUMN news TEXT;
