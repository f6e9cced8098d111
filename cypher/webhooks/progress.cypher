// => progress (JSON)
MATCH (w:Webhook) WHERE w.progress IS NOT NULL
RETURN w.progress AS progress ORDER BY w.id
