#!/usr/bin/env bash
# A till and a ZVT terminal as programs of their own, over TCP and over a pair of
# pseudo terminals: payments, declines, faults of the line, and a till that is
# killed in the middle and started again.
source "$(dirname "$0")/setup.sh"
passed=0
ok() { echo "ok: $1"; passed=$((passed + 1)); }
bad() { echo "FAILED: $1"; failures=$((failures + 1)); }
check() { local what=$1; shift; if "$@"; then ok "$what"; else bad "$what"; fi; }

# terminal NAME OPTION...: starts a terminal; its port is in $port, its id in $sim.
terminal() {
  local name=$1; shift
  : >"$temp/$name.out"
  "$tresen" terminal-sim --zvt --book "$temp/$name.book" "$@" >"$temp/$name.out" 2>&1 &
  sim=$!
  servers+=("$sim")
  until grep -q '^listening' "$temp/$name.out"; do
    kill -0 "$sim" 2>/dev/null || { cat "$temp/$name.out" >&2; return 1; }
    read -rt 0.05 <> <(:) || :
  done
  port=$(sed -n 's/^listening on 127.0.0.1://p' "$temp/$name.out")
}
stop_terminal() { kill "$sim" 2>/dev/null || :; wait "$sim" 2>/dev/null || :; }

# shop NAME ADDRESS: a till with a ZVT terminal there.
shop() {
  mkdir -pm 700 "$temp/$1"
  cat >"$temp/$1/tresen.toml" <<TOML
[terminal]
kind = "zvt"
address = "$2"
answer_seconds = 1
patience_seconds = 10
[till]
receipts = "never"
TOML
  printf '[terminal]\npassword = "000000"\n' >"$temp/$1/secrets.toml"
  chmod 600 "$temp/$1/secrets.toml"
}

# sell NAME EXPECTED...: rings up an item and pays it by card.
sell() {
  local name=$1; shift
  {
    echo 'tap Krimi: Das stille Tal'
    echo 'expect 14,00 €'
    echo 'key F10'
    for words in "$@"; do echo "expect $words"; done
  } >"$temp/$name.drive"
  timeout 60 "$tresen" drive --headless --data "$temp/$name" "$temp/$name.drive" >"$temp/$name.log" 2>&1
}
# attempt NAME: phase of the latest attempt (1 approved, 2 declined, 3 not started, 4 unknown).
attempt() {
  "$python" -c 'import sqlite3, sys
row = sqlite3.connect(sys.argv[1]).execute("SELECT phase FROM card_attempts ORDER BY row DESC LIMIT 1").fetchone()
print(row[0] if row else "none")' "$temp/$1/till.db"
}
booked() { awk '$1 == 0 && $5 == 1 && $6 == 0' "$temp/$1.book" 2>/dev/null | wc -l; }
is() { [ "$1" = "$2" ] || { echo "  it is \"$1\", not \"$2\""; return 1; }; }
says() { grep -qF -- "$2" <<<"$1" || { echo "  it says \"$1\""; return 1; }; }

# --- decoding ---
check "a message is decoded" says "$("$tresen" terminal decode --zvt 06010704000000000479)" "Authorisation amount=479"
check "a card number is masked" says "$("$tresen" terminal decode --zvt 040f0b22f0f84111111111111111 2>&1)" "card=•••• 1111"
check "a broken message is refused, with the place" says "$("$tresen" terminal decode --zvt 040f016c 2>&1 || :)" "at byte 3"

# --- TCP ---
terminal plain
shop plain "127.0.0.1:$port"
check "the connection test finds the terminal" "$tresen" terminal test --data "$temp/plain"
check "a sale by card is paid" sell plain Bezahlt
check "the journal says approved" is "$(attempt plain)" 1
check "the terminal booked once" is "$(booked plain)" 1
check "the terminal's day is closed" "$tresen" terminal end-of-day --data "$temp/plain"
printf '[terminal]\npassword = "111111"\n' >"$temp/plain/secrets.toml"
check "a wrong password is named" says "$("$tresen" terminal test --data "$temp/plain" 2>&1 || :)" "check the password"
stop_terminal
check "a terminal that is off is named" says "$("$tresen" terminal test --data "$temp/plain" 2>&1 || :)" "check the port"

for kind in decline decline-by-completion abort; do
  terminal "$kind" --answer "$kind"
  shop "$kind" "127.0.0.1:$port"
  sell "$kind" 'Karte abgelehnt' || cat "$temp/$kind.log"
  check "$kind: the journal says declined" is "$(attempt "$kind")" 2
  check "$kind: nothing is booked" is "$(booked "$kind")" 0
  stop_terminal
done

for option in --fragments --lines --sequence; do
  terminal "x$option" "$option"
  shop "x$option" "127.0.0.1:$port"
  check "with $option a sale is paid" sell "x$option" Bezahlt
  check "with $option it is booked once" is "$(booked "x$option")" 1
  stop_terminal
done

# --- faults of the line ---
# consistent WHAT NAME: booked => approved or unknown; approved => booked; one charge.
combinations=0
consistent() {
  combinations=$((combinations + 1))
  local phase charges
  phase=$(attempt "$2") charges=$(booked "$2")
  charges=$((charges - 1))  # the earlier one
  if [ "$charges" -gt 1 ]; then bad "$1: charged $charges times"; return; fi
  if [ "$charges" = 1 ] && [ "$phase" != 1 ] && [ "$phase" != 4 ]; then bad "$1: booked, and phase $phase"; return; fi
  if [ "$phase" = 1 ] && [ "$charges" != 1 ]; then bad "$1: approved, and not booked"; return; fi
  if [ "$phase" = 0 ]; then bad "$1: still requested"; return; fi
  ok "$1: phase $phase, booked $charges"
}
for policy in auto-reverse keep reverse-next; do
  for at in 10 16 17 19; do
    name=cut-$policy-$at
    echo "0 700 1 0 1 0" >"$temp/$name.book"
    terminal "$name" --policy "$policy" --fault cut-inside --at "$at"
    shop "$name" "127.0.0.1:$port"
    sell "$name" || :
    printf 'wait-idle\n' >"$temp/again.drive"
    timeout 60 "$tresen" drive --headless --data "$temp/$name" "$temp/again.drive" >/dev/null 2>&1 || :
    consistent "cut inside message $at, $policy" "$name"
    stop_terminal
  done
done

# --- the till is killed in the middle, at different moments ---
for policy in auto-reverse keep reverse-next; do
  for moment in 0.15 0.4 0.7; do
    name=kill-$policy-$moment
    echo "0 700 1 0 1 0" >"$temp/$name.book"
    terminal "$name" --policy "$policy" --delay 40
    shop "$name" "127.0.0.1:$port"
    "$tresen" orders --data "$temp/$name" >/dev/null 2>&1 || :
    printf 'tap Krimi: Das stille Tal\nexpect 14,00 €\nkey F10\nexpect Bezahlt\n' >"$temp/$name.drive"
    "$tresen" drive --headless --data "$temp/$name" "$temp/$name.drive" >/dev/null 2>&1 &
    till=$!
    # Until the payment has begun, then a moment more.
    for _ in $(seq 200); do
      [ "$(attempt "$name" 2>/dev/null || echo none)" != none ] && break
      kill -0 "$till" 2>/dev/null || break
      read -rt 0.05 <> <(:) || :
    done
    read -rt "$moment" <> <(:) || :
    kill -KILL "$till" 2>/dev/null || :
    wait "$till" 2>/dev/null || :
    printf 'wait-idle\n' >"$temp/again.drive"
    timeout 60 "$tresen" drive --headless --data "$temp/$name" "$temp/again.drive" >/dev/null 2>&1 || :
    consistent "till killed after ${moment} s, $policy" "$name"
    stop_terminal
  done
done

# --- a serial line ---
command -v socat >/dev/null || flock /tmp/apt.lock apt-get install -y -q socat >/dev/null
socat "pty,raw,echo=0,link=$temp/till-end" "pty,raw,echo=0,link=$temp/terminal-end" &
servers+=($!)
wait_for "$temp/terminal-end" $!
wait_for "$temp/till-end" $!
terminal serial --serial "$temp/terminal-end"
shop serial "$temp/till-end"
check "serial: the connection test finds the terminal" "$tresen" terminal test --data "$temp/serial"
check "serial: a sale by card is paid" sell serial Bezahlt
check "serial: it is booked once" is "$(booked serial)" 1
stop_terminal
terminal serial --serial "$temp/terminal-end" --twice --fragments
check "serial: blocks that come twice are taken once" sell serial Bezahlt
check "serial: and it is booked once more" is "$(booked serial)" 2
stop_terminal

echo "$combinations combinations of fault and policy ran"
echo "zvt: $passed passed, $failures failed"
exit "$((failures > 0))"
