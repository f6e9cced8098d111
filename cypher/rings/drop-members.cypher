// $rows: [{ring, account}]
UNWIND $rows AS row
MATCH (:Account {id: row.account})-[m:MEMBER_OF]->(:Ring {id: row.ring})
DELETE m
