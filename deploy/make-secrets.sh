#!/bin/sh
# Makes what docker-compose.yml reads as secrets: a file each, and never again one that is there.
#   deploy/make-secrets.sh [DIRECTORY]      default: deploy/secrets
set -eu

directory=${1:-$(dirname "$0")/secrets}
command -v openssl >/dev/null || { echo 'openssl is missing: install it, and run this again' >&2; exit 1; }
umask 077
mkdir -p "$directory"
# Each container reads as a user of its own, so the files are for all to read and the directory is for its owner alone.
chmod 700 "$directory"

# keep NAME: what stands on standard input, under that name, whole or not at all
keep() {
  cat >"$directory/.$1.part"
  [ -s "$directory/.$1.part" ] || { echo "$1 came out empty" >&2; exit 1; }
  chmod 444 "$directory/.$1.part"
  mv "$directory/.$1.part" "$directory/$1"
  echo "made $directory/$1"
}
has() { [ -s "$directory/$1" ]; }

has ringleader_key || openssl rand -hex 32 | keep ringleader_key
has redis_password || openssl rand -hex 24 | keep redis_password
has grafana_password || openssl rand -hex 24 | keep grafana_password
# Neo4j's image wants user and password in one line, its clients the password alone.
if has neo4j_auth; then
  has neo4j_password || sed 's|^neo4j/||' "$directory/neo4j_auth" | keep neo4j_password
else
  has neo4j_password || openssl rand -hex 24 | keep neo4j_password
  printf 'neo4j/%s\n' "$(cat "$directory/neo4j_password")" | keep neo4j_auth
fi
