// What changes of the state joined after one number and up to another, oldest first.
// $after: int, $upTo: int, $newsOnly: boolean, whether of identifiers that were joined only the news is wanted
// => accounts: [id], identifiers: [key]
MATCH (c:StateChange) WHERE c.number > $after AND c.number <= $upTo
RETURN c.accounts AS accounts,
  CASE WHEN $newsOnly THEN coalesce(c.news, c.identifiers) ELSE c.identifiers END AS identifiers ORDER BY c.number
