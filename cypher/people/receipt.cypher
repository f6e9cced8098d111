// $decision: text
// => body (JSON)
MATCH (r:Receipt {decision: $decision})
RETURN r.body AS body
