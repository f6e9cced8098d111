// How many migrations the database has seen.
// => version
MATCH (c:Control {name: 'schema'}) RETURN c.version AS version
