// How many verdicts were not taken back.
// $verdicts: [text]
// => verdict, count
MATCH (d:Decision) WHERE d.verdict IN $verdicts AND d.retractedAt IS NULL
RETURN d.verdict AS verdict, count(*) AS count
