// $id, $claim: text
MATCH (r:NamedRequest {id: $id}) WHERE r.claim = $claim
DELETE r
