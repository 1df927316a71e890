#!/bin/sh
# A private PostgreSQL 15 for the tests: its own cluster on a free port of the loopback and no other.
#
#   postgresql.sh start FOLDER    makes and starts it, prints its address (for TITHING_TEST_POSTGRESQL)
#   postgresql.sh stop FOLDER     stops it and removes it
#
# PostgreSQL refuses to run as root, so root runs it as the user postgres, who may not be able to enter FOLDER: the cluster
# itself is made under /tmp and FOLDER remembers where. No other cluster is touched.
set -eu

usage="usage: postgresql.sh start|stop FOLDER"
action=${1:?$usage}
folder=${2:?$usage}
programs=/usr/lib/postgresql/15/bin

as_server() {
  if [ "$(id -u)" -eq 0 ]; then
    (cd / && exec setpriv --reuid=postgres --regid=postgres --init-groups "$@")
  else
    (cd / && exec "$@")
  fi
}

start() {
  umask 077
  mkdir -p "$folder"
  if [ -e "$folder/place" ]; then
    echo "postgresql.sh: $folder has a cluster already; stop it first" >&2
    exit 1
  fi
  place=$(mktemp -d /tmp/tithing-postgresql-XXXXXX)
  echo "$place" > "$folder/place"
  password=$(od -An -N16 -tx1 /dev/urandom | tr -d ' \n')
  printf '%s' "$password" > "$place/password"
  if [ "$(id -u)" -eq 0 ]; then chown -R postgres "$place"; fi
  # British order of text, as servers here have it: what relies on the order of bytes without saying so must fail.
  if ! as_server "$programs/initdb" -D "$place/cluster" -U tithing -A scram-sha-256 --pwfile="$place/password" \
    -E UTF8 --locale=C --locale-provider=icu --icu-locale=en-GB --no-instructions >"$folder/log" 2>&1; then
    cat "$folder/log" >&2
    stop
    exit 1
  fi
  # A port that another program took is one try lost. fsync is off: the cluster lives as long as the tests. There is no
  # socket file, for the loopback serves every user alike.
  for attempt in 1 2 3 4 5; do
    port=$((20000 + $(od -An -N2 -tu2 /dev/urandom) % 30000))
    if as_server "$programs/pg_ctl" -D "$place/cluster" -l "$place/server.log" -w -t 60 \
      -o "-c listen_addresses=127.0.0.1 -c port=$port -c unix_socket_directories='' -c fsync=off -c max_connections=200" \
      start >/dev/null 2>&1; then
      echo "postgresql://tithing:$password@127.0.0.1:$port/postgres"
      return
    fi
  done
  echo "postgresql.sh: PostgreSQL did not start in $attempt tries:" >&2
  tail -n 20 "$place/server.log" >&2
  stop
  exit 1
}

stop() {
  if [ ! -e "$folder/place" ]; then return; fi
  place=$(cat "$folder/place")
  if [ -e "$place/cluster/postmaster.pid" ]; then
    as_server "$programs/pg_ctl" -D "$place/cluster" -m immediate -w stop >/dev/null
  fi
  rm -rf "$place"
  rm -f "$folder/place" "$folder/log"
  rmdir "$folder" 2>/dev/null || true
}

case $action in
start) start ;;
stop) stop ;;
*)
  echo "$usage" >&2
  exit 2
  ;;
esac
