// $id, $claim: text, $answer: bytes, $until: ms
MATCH (r:NamedRequest {id: $id}) WHERE r.claim = $claim
SET r.answer = $answer, r.until = datetime({epochMillis: $until})
