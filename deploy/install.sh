#!/bin/sh
# install.sh: puts this release into place on Debian, as root. Run again with a newer release, it puts that one
# beside the old one and switches over; nothing that was configured or stored is touched.
#
#   /opt/session-pro/VERSION   the release; /opt/session-pro/current points at it
#   /etc/session-pro           config.ini, signing.key: root's, readable for the service
#   /var/lib/session-pro       what the service writes
#   /var/log/session-pro       the logs of servers and commands
#   /usr/local/bin/session-pro its commands
#
# --root FOLDER installs into FOLDER, for images and tests: users are not made, nothing is started.
set -eu

usage() {
  echo "usage: install.sh [--root FOLDER]" >&2
  exit 2
}

root=
while [ $# -gt 0 ]; do
  case $1 in
    --root) [ $# -ge 2 ] || usage; root=$2; shift 2 ;;
    *) usage ;;
  esac
done

release=$(CDPATH='' cd -- "$(dirname -- "$0")/.." && pwd -P)
[ -d "$release/app/lib" ] || {
  echo "install: $release is not an unpacked release (./mvnw -Prelease package makes one)" >&2
  exit 1
}
if [ -z "$root" ] && [ "$(id -u)" != 0 ]; then
  echo "install: this needs root" >&2
  exit 1
fi
version=$(basename "$release" | sed 's/^session-pro-backend-//')
opt=$root/opt/session-pro
etc=$root/etc/session-pro
var=$root/var/lib/session-pro
log=$root/var/log/session-pro
units=$root/etc/systemd/system

if [ -z "$root" ]; then
  getent group session-pro >/dev/null || groupadd --system session-pro
  getent passwd session-pro >/dev/null ||
    useradd --system --gid session-pro --home-dir /var/lib/session-pro --no-create-home \
      --shell /usr/sbin/nologin session-pro
fi

# Whom a file belongs to; in another root, to whoever runs this.
give() {
  [ -n "$root" ] || chown "$1" "$2"
}

install -d -m 0755 "$opt" "$units" "$root/usr/local/bin"
install -d -m 0750 "$etc" "$var" "$log" "$root/var/backups/session-pro"
give root:session-pro "$etc"
give session-pro:session-pro "$var"
give session-pro:session-pro "$log"
give session-pro:session-pro "$root/var/backups/session-pro"

# Those that nginx lets through are read from the release itself (nginx/session-pro.conf).
routes=deploy/nginx/nginx-routes.conf
same_routes=
! cmp -s "$release/$routes" "$opt/current/$routes" || same_routes=yes

if [ "$release" != "$opt/$version" ]; then
  rm -rf "$opt/.$version.new"
  cp -a "$release" "$opt/.$version.new"
  [ -n "$root" ] || chown -R root:root "$opt/.$version.new"
  chmod -R go-w "$opt/.$version.new"
  rm -rf "${opt:?}/$version"
  mv "$opt/.$version.new" "$opt/$version"
fi
ln -sfn "$version" "$opt/.current.new"
mv -T "$opt/.current.new" "$opt/current"

# Made once; without this key every proof in circulation ends.
if [ ! -e "$etc/signing.key" ]; then
  "$opt/$version/pro" keys generate --out "$etc/signing.key"
  echo "install: back up $etc/signing.key now, apart from the database"
fi
chmod 0440 "$etc/signing.key"
give root:session-pro "$etc/signing.key"

if [ ! -e "$etc/config.ini" ]; then
  install -m 0640 "$release/deploy/config.example.ini" "$etc/config.ini"
  sed -i 's|^[;#]* *backend_key_path *=.*|backend_key_path = /etc/session-pro/signing.key|' "$etc/config.ini"
  echo "install: look through $etc/config.ini"
fi
give root:session-pro "$etc/config.ini"
install -m 0644 "$release/deploy/systemd/session-pro@.service" "$units/session-pro@.service"
install -m 0755 "$release/deploy/session-pro" "$root/usr/local/bin/session-pro"

if [ -z "$root" ] && [ -d /run/systemd/system ]; then
  systemctl daemon-reload
  if [ -z "$same_routes" ] && systemctl is-active --quiet nginx; then
    systemctl reload nginx || echo "install: nginx goes on with the routes it had; nginx -t says why" >&2
  fi
  echo "install: start it with: systemctl enable --now session-pro@1"
  echo "install: or, where it runs already, put the new release into use with: $opt/current/deploy/restart.sh"
fi
