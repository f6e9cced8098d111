// With the messages to it that were given up.
// $id: text
// => deleted
OPTIONAL MATCH (m:DeadMessage) WHERE m.webhook = $id
WITH collect(m) AS messages
FOREACH (m IN messages | DELETE m)
WITH 1 AS once
MATCH (w:Webhook {id: $id})
WITH collect(w) AS found
FOREACH (w IN found | DELETE w)
RETURN size(found) AS deleted
