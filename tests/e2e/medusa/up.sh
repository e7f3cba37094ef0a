# Sourced by suites after setup.sh: a real Medusa on a real PostgreSQL, both in
# folders of their own and on free ports.
#   medusa_up [GOODS]
#                  installs (cached), migrates, seeds (see seed.mjs), starts; then there are
#                  $medusa_url, $medusa_key (secret), $medusa_seed (a JSON file)
#   medusa_get PATH, medusa_post PATH JSON      the admin API, as JSON on stdout
medusa_version=2.21.2
medusa_cache=${XDG_CACHE_HOME:-$HOME/.cache}/tresen-e2e/medusa-$medusa_version
medusa_source=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)

free_port() {
  "$python" -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])'
}

medusa_install() {
  command -v npm >/dev/null || { echo "npm is missing: install Node.js 20" >&2; return 2; }
  mkdir -p "$medusa_cache"
  # Suites run beside each other; one installs, the others wait for it.
  exec 8>"$medusa_cache/lock"
  flock 8
  [ -e "$medusa_cache/installed" ] && cmp -s "$medusa_source/package.json" "$medusa_cache/package.json" && { flock -u 8; return; }
  rm -f "$medusa_cache/installed" "$medusa_cache/tables.sql"
  cp "$medusa_source/package.json" "$medusa_cache/"
  echo "medusa: installing $medusa_version"
  (cd "$medusa_cache" && npm install --legacy-peer-deps --ignore-scripts --no-audit --no-fund \
    >"$temp/medusa-npm.log" 2>&1) || { tail -20 "$temp/medusa-npm.log" >&2; return 1; }
  touch "$medusa_cache/installed"
  flock -u 8
}

# PostgreSQL refuses to run as root; elsewhere it runs as whoever runs the suite.
as_database_user() {
  if [ "$(id -u)" -eq 0 ]; then setpriv --reuid=postgres --regid=postgres --clear-groups "$@"; else "$@"; fi
}

medusa_database() {
  local bin data=$temp/postgres
  bin=$(ls -d /usr/lib/postgresql/*/bin | sort -V | tail -1)
  mkdir -p "$data"
  chmod 755 "$temp"
  [ "$(id -u)" -ne 0 ] || chown postgres "$data"
  database_port=$(free_port)
  (cd "$data" && as_database_user "$bin/initdb" -D "$data/db" -U medusa --auth=trust >"$temp/initdb.log" 2>&1) ||
    { cat "$temp/initdb.log" >&2; return 1; }
  (cd "$data" && exec setsid bash -c '"$@"' _ $( [ "$(id -u)" -eq 0 ] && echo setpriv --reuid=postgres --regid=postgres --clear-groups) \
    "$bin/postgres" -D "$data/db" -p "$database_port" -k "$data" -c listen_addresses=127.0.0.1 \
    -c fsync=off -c synchronous_commit=off -c full_page_writes=off) >"$temp/postgres.log" 2>&1 &
  servers+=($!)
  until "$bin/pg_isready" -q -h 127.0.0.1 -p "$database_port"; do
    kill -0 "${servers[-1]}" 2>/dev/null || { tail -20 "$temp/postgres.log" >&2; return 1; }
    read -rt 0.1 <> <(:) || :
  done
  "$bin/createdb" -h 127.0.0.1 -p "$database_port" -U medusa medusa
  export DATABASE_URL="postgres://medusa:medusa@127.0.0.1:$database_port/medusa?sslmode=disable"
}

# medusa_start: the server alone, for a suite that stops it in between.
medusa_start() {
  (cd "$medusa_cache/run" && exec node node_modules/@medusajs/cli/cli.js start -H 127.0.0.1 -p "$medusa_port") \
    >>"$temp/medusa.log" 2>&1 &
  medusa_pid=$!
  servers+=("$medusa_pid")
  until [ "$(curl -s -m 5 "http://127.0.0.1:$medusa_port/health")" = OK ]; do
    kill -0 "$medusa_pid" 2>/dev/null || { tail -20 "$temp/medusa.log" >&2; return 1; }
    read -rt 0.2 <> <(:) || :
  done
}

# medusa_folder: where it runs; one that is right is left alone, for others run in it.
medusa_folder() {
  local file
  mkdir -p "$medusa_cache/run"
  for file in "$medusa_source/medusa-config.js" "$medusa_cache/package.json"; do
    cmp -s "$file" "$medusa_cache/run/${file##*/}" || cp "$file" "$medusa_cache/run/"
  done
  [ -e "$medusa_cache/run/node_modules" ] || ln -sfn "$medusa_cache/node_modules" "$medusa_cache/run/node_modules"
}

# medusa_tables: its empty tables and their administrator. Making them takes Medusa a minute,
# so the first suite keeps them for the others.
medusa_tables() {
  local kept=$medusa_cache/tables.sql bin
  bin=$(ls -d /usr/lib/postgresql/*/bin | sort -V | tail -1)
  flock 8
  medusa_folder
  if [ ! -s "$kept" ]; then
    echo "medusa: making its tables"
    (cd "$medusa_cache/run" && node node_modules/@medusajs/cli/cli.js db:migrate --skip-scripts &&
      node node_modules/@medusajs/cli/cli.js user -e admin@example.com -p supersecret) >"$temp/medusa.log" 2>&1 &&
      "$bin/pg_dump" -d "$DATABASE_URL" -f "$kept.new" && mv "$kept.new" "$kept"
  else
    "$bin/psql" -q -v ON_ERROR_STOP=1 -d "$DATABASE_URL" -f "$kept" >"$temp/medusa.log" 2>&1
  fi
  local status=$?
  flock -u 8
  return "$status"
}

medusa_up() {
  medusa_install || return
  medusa_database || return
  export NODE_ENV=production MEDUSA_DISABLE_TELEMETRY=true
  medusa_tables || { tail -20 "$temp/medusa.log" >&2; return 1; }
  medusa_port=$(free_port)
  medusa_url=http://127.0.0.1:$medusa_port
  echo "medusa: starting"
  medusa_start || return
  medusa_seed=$temp/medusa-seed.json
  node "$medusa_source/seed.mjs" "$medusa_url" "$@" >"$medusa_seed" || return
  medusa_key=$(medusa_seeded key)
  echo "medusa: ready"
}

medusa_seeded() { "$python" -c 'import json,sys; print(json.load(open(sys.argv[1]))[sys.argv[2]])' "$medusa_seed" "$1"; }
medusa_get() { curl -sS -g -m 60 -u "$medusa_key:" "$medusa_url$1"; }
medusa_post() { curl -sS -g -m 60 -u "$medusa_key:" -H 'Content-Type: application/json' -d "$2" "$medusa_url$1"; }

# medusa_order EMAIL SKU QUANTITY: places an order through the store API; prints its id.
medusa_order() { node "$medusa_source/place.mjs" "$medusa_url" "$medusa_seed" "$@"; }

# use_medusa NAME: the till's platform.
use_medusa() {
  cat >>"$temp/$1/tresen.toml" <<TOML
[upstream]
kind = "medusa"
address = "${2:-$medusa_url}"
channel = "$(medusa_seeded pos_channel)"
location = "$(medusa_seeded location)"
region = "$(medusa_seeded region)"
TOML
  printf '[upstream]\nkey = "%s"\n' "${3:-$medusa_key}" >>"$temp/$1/secrets.toml"
  chmod 600 "$temp/$1/secrets.toml"
}
