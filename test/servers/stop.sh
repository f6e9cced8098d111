#!/bin/sh
# Stops every server of one run of the tests and removes the run's directory.
# stop.sh DIRECTORY [OWNER]   With a pid, waits until that process is gone: nobody tidies up after a killed run.
dir=$1
owner=${2:-}
while [ -n "$owner" ] && kill -s 0 "$owner" 2>/dev/null; do
  [ -d "$dir" ] || exit 0
  sleep 1
done
for file in "$dir"/*/pid; do
  [ -f "$file" ] && kill -s KILL -- "-$(cat "$file")" 2>/dev/null
done
for file in "$dir"/*/container; do
  [ -f "$file" ] && docker rm --force --volumes "$(cat "$file")" >/dev/null 2>&1
done
# A process that is being killed may still make a file.
rm -rf "$dir" 2>/dev/null || { sleep 1; rm -rf "$dir"; }
