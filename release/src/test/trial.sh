#!/bin/sh
# trial.sh ARCHIVE FOLDER JDK: unpacks a release into FOLDER and starts its server there, as an operator
# does: on the JDK that built it, where it must start from the cache that the release brings, and on
# nothing but a runtime with fewer modules than any JRE has. Fails unless the server answers.
set -eu
archive=$1
folder=$2
jdk=$3
rm -rf "$folder"
mkdir -p "$folder"
tar -xzf "$archive" -C "$folder"
home=$(echo "$folder"/session-pro-backend-*)

for wanted in pro README.md sbom.json licences/THIRD-PARTY.txt docs/architecture.md docs/decisions/README.md \
  deploy/install.sh app/pro.aot; do
  [ -s "$home/$wanted" ] || { echo "trial: $wanted is missing" >&2; exit 1; }
done

# try NAME JAVA OPTIONS: a server answers on that Java.
try() {
  JAVA_HOME=$2
  PRO_JAVA_OPTS=$3
  export JAVA_HOME PRO_JAVA_OPTS
  "$home/pro" --version
  "$home/pro" serve --dev --port 0 --data "$folder/data-$1" >"$folder/$1.log" 2>&1 &
  server=$!
  trap 'kill "$server" 2>/dev/null || true' EXIT
  url=
  for _ in $(seq 100); do
    url=$(sed -n 's/.*listening on \(http:[^ ]*\).*/\1/p' "$folder/$1.log" | head -n 1)
    [ -z "$url" ] || break
    kill -0 "$server" 2>/dev/null || break
    sleep 0.1
  done
  if [ -z "$url" ] || ! "$home/pro" client revocations --url "$url"; then
    cat "$folder/$1.log" >&2
    echo "trial: the server of the release does not answer ($1)" >&2
    exit 1
  fi
  kill -TERM "$server"
  wait "$server"
  trap - EXIT
}

# With this option the virtual machine refuses to start instead of going on without the cache.
try jdk "$jdk" -XX:AOTMode=on

"$jdk/bin/jlink" --add-modules java.se,jdk.crypto.ec,jdk.management,jdk.unsupported --output "$folder/jre"
[ ! -e "$folder/jre/bin/javac" ]
try jre "$folder/jre" ""

echo "trial: started from $(basename "$archive") and answered, on a JDK and on a JRE"
