// Announces a run: the newest claim alone may publish. The publication is held. Numbers may be skipped, never given
// twice.
// => claim
MERGE (p:Control {name: 'publication'})
SET p.claim = coalesce(p.claim, 0) + 1
RETURN p.claim AS claim
