// $id: text, $properties: {url, author, createdAt, body}
MERGE (w:Webhook {id: $id})
SET w += $properties
