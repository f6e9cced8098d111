-- A ring that was absorbed may come back: that it was is told by its changes.
CREATE INDEX ring_change_moved ON ring_change (body ->> '$.movedTo') WHERE body ->> '$.movedTo' IS NOT NULL;
