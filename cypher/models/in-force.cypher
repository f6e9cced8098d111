// What the last choice chose; no row for those that are shipped.
// => id, madeAt (ms), report (JSON), body (JSON)
MATCH (c:ModelsChoice)
WITH c ORDER BY c.at DESC, c.id DESC LIMIT 1
MATCH (m:LocalModels {id: c.models})
RETURN m.id AS id, m.madeAt.epochMillis AS madeAt, m.report AS report, m.body AS body
