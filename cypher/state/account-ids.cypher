// A page of ids, from the index alone.
// $after: text, $limit: int
// => id
MATCH (a:Account) WHERE a.id > $after
RETURN a.id AS id ORDER BY a.id LIMIT $limit
