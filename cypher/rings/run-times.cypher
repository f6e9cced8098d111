// When some publishes were, ascending.
// $versions: [int]
// => version, asOf, publishedAt (epoch ms)
UNWIND $versions AS version
MATCH (r:DetectionRun {version: version})
RETURN DISTINCT r.version AS version, r.asOf.epochMillis AS asOf, r.publishedAt.epochMillis AS publishedAt
ORDER BY version
