#!/bin/sh
# restart.sh: restarts all servers of this machine, one after the other, each once the one before it is ready.
# Behind a proxy that asks another one meanwhile (nginx/session-pro.conf) nobody notices.
set -eu

# Seconds until a server must be ready.
patience=60

# Operations of session-pro@N are on port 510N, as its unit says.
ready() {
  curl --silent --fail --max-time 2 --output /dev/null "http://127.0.0.1:510$1/health/ready"
}

servers=$(systemctl list-units --plain --no-legend --state=active 'session-pro@*.service' |
  sed -n 's/^session-pro@\([0-9][0-9]*\)\.service .*/\1/p')
[ -n "$servers" ] || {
  echo "restart: no session-pro@N is running" >&2
  exit 1
}
for server in $servers; do
  systemctl restart "session-pro@$server"
  waited=0
  until ready "$server"; do
    waited=$((waited + 1))
    if [ "$waited" -gt "$patience" ]; then
      echo "restart: session-pro@$server is not ready after $patience s; the others go on as they were" >&2
      exit 1
    fi
    sleep 1
  done
  echo "restart: session-pro@$server is ready"
done
