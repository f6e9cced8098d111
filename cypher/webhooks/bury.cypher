// $id: text, $properties: {webhook, at, again, body}
MERGE (m:DeadMessage {id: $id})
SET m += $properties
