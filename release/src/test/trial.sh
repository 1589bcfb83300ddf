#!/bin/sh
# trial.sh ARCHIVE FOLDER: unpacks a release into FOLDER and starts its server there, as an operator
# does. Fails unless the server answers, and starts from the cache that the release brings.
set -eu
archive=$1
folder=$2
rm -rf "$folder"
mkdir -p "$folder"
tar -xzf "$archive" -C "$folder"
home=$(echo "$folder"/session-pro-backend-*)

for wanted in pro README.md sbom.json licences/THIRD-PARTY.txt docs/architecture.md app/pro.aot; do
  [ -s "$home/$wanted" ] || { echo "trial: $wanted is missing" >&2; exit 1; }
done

"$home/pro" --version
# With this option the virtual machine refuses to start instead of going on without the cache.
PRO_JAVA_OPTS='-XX:AOTMode=on' "$home/pro" serve --dev --port 0 --data "$folder/data" \
  >"$folder/server.log" 2>&1 &
server=$!
trap 'kill "$server" 2>/dev/null || true' EXIT
for _ in $(seq 100); do
  url=$(sed -n 's/.*listening on \(http:[^ ]*\).*/\1/p' "$folder/server.log" | head -n 1)
  [ -z "$url" ] || break
  kill -0 "$server" 2>/dev/null || break
  sleep 0.1
done
if [ -z "$url" ] || ! "$home/pro" client revocations --url "$url"; then
  cat "$folder/server.log" >&2
  echo "trial: the server of the release does not answer" >&2
  exit 1
fi
kill -TERM "$server"
wait "$server"
trap - EXIT
echo "trial: started from $(basename "$archive") and answered"
