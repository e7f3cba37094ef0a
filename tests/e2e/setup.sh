# Sourced by the suites: the program, a folder of their own, servers that are
# stopped at the end, and a till with mails in its outbox.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
tresen=${TRESEN_PROGRAM:-$here/../../.build/release/tresen}
[ -x "$tresen" ] || { echo "not built: $tresen" >&2; exit 2; }
python=/usr/bin/python3  # the one that Debian's packages are installed for
temp=$(mktemp -d)
source "$here/fetch.sh"
servers=()
passed=0
failures=0

clean_up() {
  local i
  # The last one first: a database waits for those that are connected to it.
  for ((i = ${#servers[@]} - 1; i >= 0; --i)); do
    # One that ends by the signal is ended all the same: on to the next.
    kill "${servers[i]}" 2>/dev/null && wait "${servers[i]}" 2>/dev/null || :
  done
  rm -rf "$temp"
}
trap clean_up EXIT
# A command that fails where none may ends the suite, and never without a word.
set -E
trap 'echo "FAILED: $BASH_COMMAND, at line $LINENO, with the status $?" >&2' ERR

ok() { echo "ok: $1"; passed=$((passed + 1)); }
bad() { echo "FAILED: $1"; failures=$((failures + 1)); }
# check WHAT COMMAND...: counts whether the command succeeds, says so, and goes on.
check() { local what=$1; shift; if "$@"; then ok "$what"; else bad "$what"; fi; }
is() { [ "$1" = "$2" ] || { echo "  it is \"$1\", not \"$2\""; return 1; }; }
says() { grep -qF -- "$2" <<<"$1" || { echo "  it says \"$1\""; return 1; }; }

# finish: how the suite went, as its last line and its exit status.
finish() {
  echo "$(basename "$0" .sh): $passed passed, $failures failed"
  exit "$((failures > 0))"
}

# wait_for FILE PID: until the file is there; fails when the process has ended.
wait_for() {
  until [ -e "$1" ]; do
    kill -0 "$2" 2>/dev/null || { echo "the server ended: $1" >&2; return 1; }
    read -rt 0.05 <> <(:) || :
  done
}

# authority: a certificate authority of our own and a certificate for 127.0.0.1.
authority() {
  openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2 -subj "/CN=Test authority" \
    -keyout "$temp/ca.key" -out "$temp/ca.pem" 2>/dev/null
  openssl req -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -subj "/CN=mail.test" \
    -keyout "$temp/mail.key" -out "$temp/mail.csr" 2>/dev/null
  openssl x509 -req -in "$temp/mail.csr" -CA "$temp/ca.pem" -CAkey "$temp/ca.key" -days 2 \
    -CAcreateserial -out "$temp/mail.pem" 2>/dev/null \
    -extfile <(printf 'subjectAltName=IP:127.0.0.1,DNS:mail.test')
  chmod 600 "$temp/mail.key"
}

# till NAME: a data folder with sixty sales, some of which have a mail.
till() {
  local data=$temp/$1
  mkdir -m 700 "$data"
  for _ in $(seq 60); do echo 'whole milk,rolls/buns,yogurt'; done >"$temp/baskets.csv"
  "$tresen" replay --data "$data" --no-push --seed 7 "$temp/baskets.csv" >/dev/null
}

# use_server NAME PORT SECURITY [USER PASSWORD]: where the till sends its mail.
use_server() {
  cat >"$temp/$1/tresen.toml" <<TOML
[mail]
kind = "smtp"
host = "127.0.0.1"
port = $2
security = "$3"
user = "${4:-}"
authority = "$temp/ca.pem"
TOML
  printf '[mail]\npassword = "%s"\n' "${5:-}" >"$temp/$1/secrets.toml"
  chmod 600 "$temp/$1/secrets.toml"
}

# ended STATUS: counts it as a failure where the program ended by a crash or a sanitizer, whatever
# it was asked; 0 to 2 are its own words (see tresen --help).
ended() { [ "$1" -le 2 ] || bad "the program ended with the status $1"; }

sync_once() {
  local status=0
  "$tresen" sync --once --data "$temp/$1" >"$temp/$1.sync" 2>&1 || status=$?
  [ "$status" -le 2 ] || cat "$temp/$1.sync"
  ended "$status"
}

# mails NAME STATE: how many mails of the outbox are in this state.
mails() {
  "$tresen" outbox --data "$temp/$1" --json --limit 1000 | "$python" -c '
import json, sys
print(sum(row["kind"] == "mail receipt" and row["state"] == sys.argv[1] for row in json.load(sys.stdin)))' "$2"
}

# reasons NAME: what the outbox says about mails that are not done.
reasons() {
  "$tresen" outbox --data "$temp/$1" --json --limit 1000 | "$python" -c '
import json, sys
print("\n".join(row["reason"] for row in json.load(sys.stdin)
                if row["kind"] == "mail receipt" and row["state"] != "done"))'
}
