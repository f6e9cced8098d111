// => head (JSON); no row before the first entry
MATCH (c:Control {name: 'audit'}) WHERE c.head IS NOT NULL
RETURN c.head AS head
