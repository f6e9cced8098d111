// What is over, and of more than $most those that would be over first.
// $now: ms, $most: int
// => expired
MATCH (r:NamedRequest)
WITH r ORDER BY r.until DESC, r.id
WITH collect(r) AS all
WITH [r IN all WHERE r.until <= datetime({epochMillis: $now})] + all[$most..] AS found
UNWIND found AS r
WITH DISTINCT r
DELETE r
RETURN count(*) AS expired
