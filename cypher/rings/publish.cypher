// The one step that makes a version visible: readers follow this number.
// $version, $claim: int, $run: text, $properties: {asOf, publishedAt, accounts, links, rings, policy, method, tookMs, calibration, localModels, shiftAlarm, measuredIn,
//   accountsChanged, rowsSummed, accountsSolved, weeksCounted, mismatches, statistics (JSON)}
MERGE (r:DetectionRun {version: $version})
SET r += $properties
WITH r
MATCH (p:Control {name: 'publication'})
SET p.version = $version, p.publishedClaim = $claim, p.run = $run
