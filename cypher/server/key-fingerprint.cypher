// => fingerprint
MATCH (c:Control {name: 'key'}) RETURN c.fingerprint AS fingerprint
