#!/bin/sh
# Starts Redis with its settings and the secret password, which stands neither in arguments nor in the environment.
#   redis-start.sh [SETTINGS PASSWORD-FILE MADE [ARGUMENT...]]
set -eu

settings=${1:-/usr/local/etc/redis/redis.conf}
password_file=${2:-/run/secrets/redis_password}
made=${3:-/tmp/redis.conf}
[ $# -le 3 ] && set -- || shift 3

[ -s "$password_file" ] || { echo "There is no password in $password_file: run deploy/make-secrets.sh" >&2; exit 1; }
umask 077
printf 'include %s\nrequirepass "%s"\n' "$settings" "$(cat "$password_file")" >"$made"
# In this shell's place, so that signals reach it.
exec redis-server "$made" "$@"
