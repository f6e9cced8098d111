-- Roughly where an address is, in degrees to one decimal (graph/identifiers/place.ts).
ALTER TABLE identifier ADD COLUMN place TEXT;
