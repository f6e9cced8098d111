// => body (JSON)
MATCH (w:Webhook)
RETURN w.body AS body ORDER BY w.id
