// Names of the constraints that exist.
// => name
SHOW CONSTRAINTS YIELD name RETURN name
