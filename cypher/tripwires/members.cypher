// Which of these accounts are in the ring now.
// $rows: [{ring, account}]
// => ring, account
UNWIND $rows AS row
MATCH (a:Account {id: row.account})-[:MEMBER_OF]->(:Ring {id: row.ring})
RETURN DISTINCT row.ring AS ring, row.account AS account
