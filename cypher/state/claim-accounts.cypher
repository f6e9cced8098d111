// Creates accounts that are new, locks all until the transaction ends (a label that a node
// has already locks it and writes nothing), and answers what is stored of them; a new one is answered as created.
// $rows: [{id, types: [state type]}], ascending by id
// => id, createdAt (ms), activityTypes, activities: [[type, firstAt, lastAt, days, recent]]
UNWIND $rows AS row
MERGE (a:Account {id: row.id})
SET a:Account
RETURN a.id AS id, a.createdAt.epochMillis AS createdAt, coalesce(a.activityTypes, []) AS activityTypes,
  [type IN row.types WHERE a[type + '_recent'] IS NOT NULL |
    [type, a[type + '_firstSeen'].epochMillis, a[type + '_lastSeen'].epochMillis, a[type + '_days'],
     a[type + '_recent']]] AS activities
