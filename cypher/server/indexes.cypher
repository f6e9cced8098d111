// Names of the indexes that exist, and whether they can be used: ONLINE, POPULATING, FAILED.
// => name, state
SHOW INDEXES YIELD name, state RETURN name, state
