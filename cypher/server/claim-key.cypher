// The fingerprint of the deployment's key: the first writer's is kept.
// $fingerprint: text
// => fingerprint
MERGE (c:Control {name: 'key'})
ON CREATE SET c.fingerprint = $fingerprint
RETURN c.fingerprint AS fingerprint
