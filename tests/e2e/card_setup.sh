# Sourced by the suites of the card terminals: checks that are counted, terminals
# that are started and stopped, sales by card, and what must hold afterwards
# between a terminal's book and a till's journal.
source "$(dirname "$0")/setup.sh"
# A number that no till may keep; see --leak.
pan=4111111111111111

pause() { read -rt "$1" <> <(:) || :; }

# simulator NAME OPTION...: starts a terminal; its port is in $port, its id in $sim.
simulator() {
  local name=$1; shift
  : >"$temp/$name.out"
  "$tresen" terminal-sim "$@" >"$temp/$name.out" 2>&1 &
  sim=$!
  servers+=("$sim")
  until grep -q '^listening' "$temp/$name.out"; do
    kill -0 "$sim" 2>/dev/null || { cat "$temp/$name.out" >&2; return 1; }
    pause 0.05
  done
  port=$(sed -n 's/^listening on 127.0.0.1://p' "$temp/$name.out")
}
stop_terminal() { kill "$sim" 2>/dev/null || :; wait "$sim" 2>/dev/null || :; }

# secrets NAME LINE: of the section of the terminal.
secrets() {
  printf '[terminal]\n%s\n' "$2" >"$temp/$1/secrets.toml"
  chmod 600 "$temp/$1/secrets.toml"
}

# drive NAME LINE...: the till, shown to nobody, does these steps.
drive() {
  local name=$1; shift
  printf '%s\n' "$@" >"$temp/$name.drive"
  timeout 100 "$tresen" drive --headless --data "$temp/$name" "$temp/$name.drive" >"$temp/$name.log" 2>&1
}
begin_sale=('tap Krimi: Das stille Tal' 'expect 14,00 €' 'key F10')
# sell NAME EXPECTED...: rings up an item and pays it by card.
sell() {
  local name=$1; shift
  drive "$name" "${begin_sale[@]}" "${@/#/expect }" || { tail -3 "$temp/$name.log"; return 1; }
}
# The same, however it ends.
try_to_sell() { drive "$1" "${begin_sale[@]}" wait-idle || :; }
# Started again, the till asks about what it does not know.
start_again() { drive "$1" wait-idle || :; }

# attempt NAME: phase of the latest attempt (1 approved, 2 declined, 3 not started, 4 unknown).
attempt() {
  "$python" -c 'import sqlite3, sys
row = sqlite3.connect(sys.argv[1]).execute("SELECT phase FROM card_attempts ORDER BY row DESC LIMIT 1").fetchone()
print(row[0] if row else "none")' "$temp/$1/till.db"
}

# fits WHAT PHASE CHARGES: booked => approved or unknown; approved => booked; one charge.
combinations=0
fits() {
  combinations=$((combinations + 1))
  case "$2-$3" in
    1-1 | 4-1 | 4-0 | 2-0 | 3-0) ok "$1: phase $2, booked $3" ;;
    *) bad "$1: phase $2 and $3 booked do not fit" ;;
  esac
}

# kill_in_payment NAME SECONDS: so long after the attempt was written down.
kill_in_payment() {
  local name=$1 till
  "$tresen" orders --data "$temp/$name" >/dev/null 2>&1 || :
  printf '%s\n' "${begin_sale[@]}" wait-idle >"$temp/$name.drive"
  "$tresen" drive --headless --data "$temp/$name" "$temp/$name.drive" >/dev/null 2>&1 &
  till=$!
  until [ "$(attempt "$name" 2>/dev/null || echo none)" != none ] || ! kill -0 "$till" 2>/dev/null; do
    pause 0.02
  done
  pause "$2"
  kill -KILL "$till" 2>/dev/null || :
  wait "$till" 2>/dev/null || :
}

# holds_no_card_number NAME: no file of the till, and nothing it has printed.
holds_no_card_number() {
  is "$(grep -rlaF -e "$pan" -e "4111 1111 1111 1111" "$temp/$1" "$temp/$1.log" | wc -l)" 0
}

finish_combinations() {
  echo "$combinations combinations of fault and policy ran"
  finish
}
