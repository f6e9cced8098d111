// Newest first, behind an assertion.
// $kind, $account: text or null, $standingAt: datetime or null, $afterAt: datetime or null, $afterId: id or null,
// $limit: int
// => body (JSON)
MATCH (a:Assertion)
WHERE a.at IS NOT NULL AND ($afterAt IS NULL OR a.at < $afterAt OR (a.at = $afterAt AND a.id < $afterId))
  AND ($kind IS NULL OR a.kind = $kind)
  AND ($account IS NULL OR (a.kind <> 'shared_by_design' AND $account IN a.subjects))
  AND ($standingAt IS NULL OR (a.retractedAt IS NULL AND (a.expiresAt IS NULL OR a.expiresAt > $standingAt)))
RETURN a.body AS body ORDER BY a.at DESC, a.id DESC LIMIT $limit
