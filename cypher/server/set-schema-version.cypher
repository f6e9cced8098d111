// Remembers how many migrations the database has seen; never goes back.
// $version: int
MERGE (c:Control {name: 'schema'})
SET c.version = CASE WHEN c.version > $version THEN c.version ELSE $version END
