// $id: text, $progress: JSON
MATCH (w:Webhook {id: $id})
SET w.progress = $progress
