#!/bin/sh
# A private PostgreSQL 15 for the tests: its own cluster in a folder of its own, on a free port of the loopback and no other.
#
#   postgresql.sh start FOLDER    makes and starts it, prints its address (for TITHING_TEST_POSTGRESQL)
#   postgresql.sh stop FOLDER     stops it and removes the folder
#
# PostgreSQL refuses to run as root, so root hands the folder to the user postgres. It never touches another cluster.
set -eu

usage="usage: postgresql.sh start|stop FOLDER"
action=${1:?$usage}
folder=${2:?$usage}
programs=/usr/lib/postgresql/15/bin

as_server() {
  if [ "$(id -u)" -eq 0 ]; then
    (cd / && exec setpriv --reuid=postgres --regid=postgres --init-groups "$@")
  else
    "$@"
  fi
}

free_port() {
  # An unused one above the well-known range; start is tried again should another program be quicker.
  port=$((20000 + $(od -An -N2 -tu2 /dev/urandom) % 30000))
  echo "$port"
}

case $action in
start)
  mkdir -p "$folder"
  folder=$(cd "$folder" && pwd)
  if [ -e "$folder/cluster" ]; then
    echo "postgresql.sh: $folder holds a cluster already; stop it first" >&2
    exit 1
  fi
  password=$(od -An -N16 -tx1 /dev/urandom | tr -d ' \n')
  umask 077
  mkdir "$folder/cluster"
  printf '%s' "$password" > "$folder/cluster.password"
  if [ "$(id -u)" -eq 0 ]; then
    chown postgres "$folder/cluster" "$folder/cluster.password"
    chmod a+x "$folder"
  fi
  # British order of text, as servers here have it: what relies on the order of bytes without saying so must fail.
  as_server "$programs/initdb" -D "$folder/cluster" -U tithing -A scram-sha-256 --pwfile="$folder/cluster.password" \
    -E UTF8 --locale=C --locale-provider=icu --icu-locale=en-GB --no-instructions >"$folder/initdb.log" 2>&1 || { cat "$folder/initdb.log" >&2; exit 1; }
  for attempt in 1 2 3 4 5; do
    port=$(free_port)
    # fsync off: the cluster lives as long as the tests. No socket file: its path could be too long.
    if as_server "$programs/pg_ctl" -D "$folder/cluster" -l "$folder/cluster/server.log" -w -t 60 \
      -o "-c listen_addresses=127.0.0.1 -c port=$port -c unix_socket_directories='' -c fsync=off -c max_connections=200" \
      start >/dev/null 2>&1; then
      echo "postgresql://tithing:$password@127.0.0.1:$port/postgres"
      exit 0
    fi
  done
  echo "postgresql.sh: PostgreSQL does not start:" >&2
  tail -n 20 "$folder/cluster/server.log" >&2
  exit 1
  ;;
stop)
  if [ -e "$folder/cluster/postmaster.pid" ]; then
    folder=$(cd "$folder" && pwd)
    as_server "$programs/pg_ctl" -D "$folder/cluster" -m immediate -w stop >/dev/null
  fi
  rm -rf "$folder/cluster" "$folder/cluster.password" "$folder/initdb.log"
  rmdir "$folder" 2>/dev/null || true
  ;;
*)
  echo "$usage" >&2
  exit 2
  ;;
esac
