// What changes of the state joined after one number and up to another, oldest first.
// $after: int, $upTo: int
// => accounts: [id], identifiers: [key]
MATCH (c:StateChange) WHERE c.number > $after AND c.number <= $upTo
RETURN c.accounts AS accounts, c.identifiers AS identifiers ORDER BY c.number
