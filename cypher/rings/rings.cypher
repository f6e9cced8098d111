// Rings as the published version shows them.
// $status: text, $class: text or null, $minRisk, $minSize, $changedSince, $endedSince: number or null,
// $owner: text or null, $isOwned: boolean or null,
// $afterRisk, $afterId: the last of the page before, or null, $limit: int
// => state (JSON), owner, since
MATCH (p:Control {name: 'publication'})
MATCH (c:RingChange)
WHERE c.until > p.version AND c.version <= p.version AND c.status = $status
  AND ($class IS NULL OR c.class = $class)
  AND ($minRisk IS NULL OR c.risk >= $minRisk)
  AND ($minSize IS NULL OR c.size >= $minSize)
  AND ($changedSince IS NULL OR c.version > $changedSince)
  AND ($endedSince IS NULL OR c.endedAt >= $endedSince)
  AND ($afterRisk IS NULL OR c.risk < $afterRisk OR (c.risk = $afterRisk AND c.ring > $afterId))
  AND ($owner IS NULL OR EXISTS { MATCH (o:Ring {id: c.ring}) WHERE o.owner = $owner })
  AND ($isOwned IS NULL OR $isOwned = EXISTS { MATCH (o:Ring {id: c.ring}) WHERE o.owner IS NOT NULL })
WITH c ORDER BY c.risk DESC, c.ring LIMIT $limit
OPTIONAL MATCH (r:Ring {id: c.ring})
RETURN c.state AS state, r.owner AS owner, r.ownedSince.epochMillis AS since
ORDER BY c.risk DESC, c.ring
