#!/usr/bin/env bash
# Ingests the p2p data, finds rings, prints the riskiest, and says how many of their members are flagged as fraud.
# Usage: examples/p2p/run.sh DATA_DIR [STORE_DIR]   (DATA_DIR holds HAS_CC.csv.gz, USED.csv.gz, P2P.csv.gz ...)
set -euo pipefail
from=$(cd "$(dirname "$0")" && pwd)
data=$(cd "$1" && pwd)
store=${2:-$(mktemp -d)}
ringleader() { npm run -s --prefix "$from/../.." ringleader -- "$@" --data "$store"; }

ringleader ingest "$data/HAS_CC.csv.gz" --map "$from/cards.yaml"
ringleader ingest "$data/USED.csv.gz" --map "$from/devices.yaml"
ringleader ingest "$data/P2P.csv.gz" --map "$from/transfers.yaml"
ringleader ingest "$data/REFERRED.csv.gz" --map "$from/referrals.yaml"
ringleader detect
ringleader rings --limit 15
ringleader members --json >"$store/members.ndjson"

# Labels come last here, so that rings are found without them and can be held against them.
ringleader label "$data/User.csv.gz" --map "$from/users.yaml"
gzip -dc "$data/User.csv.gz" | node -e '
  const { readFileSync } = require("node:fs")
  const rows = readFileSync(0, "utf8").trim().split("\n").slice(1).map((line) => line.split(","))
  const flagged = new Set(rows.filter((row) => row[1] === "1").map((row) => row[0]))
  const members = readFileSync(process.argv[1], "utf8").trim().split("\n").map((line) => JSON.parse(line))
  const accounts = new Set(members.map((member) => member.account))
  const rings = new Set(members.map((member) => member.ring))
  const hits = [...accounts].filter((account) => flagged.has(account)).length
  const base = flagged.size / rows.length
  const rate = hits / accounts.size
  console.log(`${rings.size} rings with ${accounts.size} accounts, ${hits} of them flagged: ${(rate * 100).toFixed(2)} %, ` +
    `${(rate / base).toFixed(1)} times the base rate of ${(base * 100).toFixed(2)} %`)
' "$store/members.ndjson"
