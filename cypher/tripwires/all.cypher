// => body (JSON)
MATCH (t:Tripwire)
RETURN t.body AS body ORDER BY t.id
