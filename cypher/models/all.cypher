// => id, madeAt (ms), report (JSON)
MATCH (m:LocalModels)
RETURN m.id AS id, m.madeAt.epochMillis AS madeAt, m.report AS report
ORDER BY m.madeAt, m.id
