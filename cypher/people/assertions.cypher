// => body (JSON)
MATCH (a:Assertion) RETURN a.body AS body ORDER BY a.id
