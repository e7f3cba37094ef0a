# Sourced by online-orders.sh: what Medusa and Shopify's stub have in common. An
# order comes in while the mail server is away and the till is killed at random;
# then it goes its way by hand, one command each, and a second one by rules alone.

# platform_till NAME RULES: a till of a platform; use_medusa or use_shop adds which.
platform_till() {
  mkdir -m 700 "$temp/$1"
  cat >"$temp/$1/tresen.toml" <<TOML
[mail]
kind = "smtp"
host = "127.0.0.1"
port = $mail_port
security = "none"
[mails]
to = "laden@example.de"
[rules]
$2
TOML
  "$tresen" replay --data "$temp/$1" --no-push /dev/null >"$temp/$1.replay"
}

# killed_syncs NAME: the till is started and killed, each time at another moment.
killed_syncs() {
  local status kills=0
  for _ in 1 2 3 4 5 6 7 8; do
    status=0
    timeout -s KILL "0.$((RANDOM % 3))$((RANDOM % 9 + 1))" "$tresen" sync --once --data "$temp/$1" >>"$temp/$1.sync" 2>&1 ||
      status=$?
    [ "$status" -ne 137 ] || kills=$((kills + 1))
  done 2>/dev/null
  echo "online-orders: the till was killed $kills times"
}

# settle NAME: syncs until nothing waits; a platform may ask to slow down now and then.
settle() {
  for _ in $(seq 60); do
    sync_once "$1"
    "$tresen" outbox --data "$temp/$1" --json --limit 1000 | "$python" -c '
import json, sys
sys.exit(any(row["state"] in ("waiting", "sending") for row in json.load(sys.stdin)))' && return
    read -rt 0.5 <> <(:) || :
  done
  "$tresen" outbox --data "$temp/$1"
  return 1
}

# field_of NAME FIELD: of the latest online order; each must be there once.
field_of() {
  "$tresen" orders --data "$temp/$1" --json --limit 100 | "$python" -c '
import json, sys
rows = [row for row in json.load(sys.stdin) if row["channel"] == "online"]
numbers = [row["number"] for row in rows]
if not rows or len(set(numbers)) < len(rows): sys.exit(f"  there are {numbers}")
print(rows[0][sys.argv[1]])' "$2"
}

# step NAME NUMBER VERB...: one command, and what it asks of the platform.
step() {
  local till=$1
  shift
  "$tresen" order "$@" --data "$temp/$till" >"$temp/$till.out" 2>&1 || { cat "$temp/$till.out"; return 1; }
  settle "$till"
}

# by_hand NAME WORD EMAIL: placed -> captured -> fulfilled -> archived. $place puts
# the order there, $replay changes it there so that it is pulled again.
by_hand() {
  local till=$1 email=$3 number
  mail_server_stops
  $place "$email"
  killed_syncs "$till"
  sync_once "$till"
  number=$(field_of "$till" number)
  check "$2: the order has arrived once, authorized" test "$(field_of "$till" payment)" = authorized
  check "$2: nobody was told while the mail server is away" test "$(mails_to "$email" "")" = 0
  killed_syncs "$till"
  mail_server_starts
  settle "$till"
  $replay
  killed_syncs "$till"
  settle "$till"
  check "$2: the shop gets one mail" once laden@example.de "Neue Bestellung $number:"
  check "$2: the customer gets one confirmation" once "$email" "Bestellung $number bei"
  check "$2: captured with one command" step "$till" "$number" capture
  check "$2: fulfilled with one command" step "$till" "$number" fulfil --carrier DHL --tracking JD014600 --notify
  check "$2: archived with one command" step "$till" "$number" archive
  sync_once "$till"
  check "$2: the till says archived, paid, fulfilled" stands "$till" "$number"
  check "$2: so does the platform" "$says_so" "$email"
  check "$2: the customer gets one mail that it is on its way" once "$email" "$number ist unterwegs"
  check "$2: still one mail to the shop" once laden@example.de "Neue Bestellung $number:"
  check "$2: still one confirmation" once "$email" "Bestellung $number bei"
}

# by_rules NAME WORD EMAIL: the same, and nobody does anything. The till is killed
# while it mails: a copy whose receipt was lost bears the same Message-ID.
by_rules() {
  local till=$1 email=$3 number
  $place "$email"
  killed_syncs "$till"
  for _ in $(seq 60); do
    settle "$till"
    ! "$says_so" "$email" >/dev/null 2>&1 || break
    # A platform that asks to slow down needs a moment until it answers.
    read -rt 0.5 <> <(:) || :
  done
  settle "$till"
  number=$(field_of "$till" number)
  check "$2: the till says archived, paid, fulfilled" stands "$till" "$number"
  check "$2: so does the platform" "$says_so" "$email"
  check "$2: it is explained" explained "$till" "$number"
  check "$2: the shop gets one mail" told_once laden@example.de "Neue Bestellung $number:"
  check "$2: the customer gets one confirmation" told_once "$email" "Bestellung $number bei"
}

explained() {
  "$tresen" order "$2" --data "$temp/$1" --json | "$python" -c '
import json, sys
told = [(entry["what"], entry["detail"]) for entry in json.load(sys.stdin)["history"]]
asked = [f"{what}: {why}" for what, why in told if "by rule" in what]
if len(asked) != 3: sys.exit(f"  it says {told}")'
}
