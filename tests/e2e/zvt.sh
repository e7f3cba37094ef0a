#!/usr/bin/env bash
# A till and a ZVT terminal as programs of their own, over TCP and over a pair of
# pseudo terminals: payments, declines, faults of the line, and a till that is
# killed in the middle and started again.
source "$(dirname "$0")/card_setup.sh"

# terminal NAME OPTION...
terminal() { local name=$1; shift; simulator "$name" --zvt --book "$temp/$name.book" "$@"; }
# With an earlier sale in its book: one without any cannot say "not this one".
used_terminal() { echo "0 700 1 0 1 0" >"$temp/$1.book"; terminal "$@"; }
# booked NAME: sales that stand.
booked() { awk '$1 == 0 && $5 == 1 && $6 == 0' "$temp/$1.book" 2>/dev/null | wc -l; }

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
  secrets "$1" 'password = "000000"'
}
# consistent WHAT NAME: with the earlier sale not counted.
consistent() { fits "$1" "$(attempt "$2")" "$(($(booked "$2") - 1))"; }
# unresolved NAME: how many attempts wait for a decision, as the command line says.
unresolved() { "$tresen" terminal unresolved --json --data "$temp/$1" | "$python" -c 'import json, sys; print(len(json.load(sys.stdin)))'; }

# --- decoding ---
check "a message is decoded" says "$("$tresen" terminal decode --zvt 06010704000000000479)" "Authorisation amount=479"
check "a range of receipts is decoded" says "$("$tresen" terminal decode --zvt 06120712345600420045)" "ReprintReceipts pw=****** from=0042 to=0045"
check "a card number is masked" says "$("$tresen" terminal decode --zvt 040f0b22f0f84111111111111111 2>&1)" "card=•••• 1111"
check "a broken message is refused, with the place" says "$("$tresen" terminal decode --zvt 040f016c 2>&1 || :)" "at byte 3"

# --- TCP ---
terminal plain
shop plain "127.0.0.1:$port"
check "the connection test finds the terminal" "$tresen" terminal test --data "$temp/plain"
check "a sale by card is paid" sell plain Bezahlt
check "the journal says approved" is "$(attempt plain)" 1
check "the terminal booked once" is "$(booked plain)" 1
check "nothing waits for a decision" is "$(unresolved plain)" 0
for verb in end-of-day totals reprint diagnose login show log-off; do
  check "$verb is done" "$tresen" terminal "$verb" --data "$temp/plain"
done
check "the Devices page tests the connection" drive plain 'tap Einstellungen' 'tap Verbindung testen' \
  'expect Das Kartenterminal antwortet' 'tap Kassenschnitt' 'expect Das Terminal hat es erledigt'
secrets plain 'password = "111111"'
check "a wrong password is named" says "$("$tresen" terminal test --data "$temp/plain" 2>&1 || :)" "check the password"
stop_terminal
check "a terminal that is off is named" says "$("$tresen" terminal test --data "$temp/plain" 2>&1 || :)" "check the port"

for kind in decline decline-by-completion abort; do
  terminal "$kind" --answer "$kind"
  shop "$kind" "127.0.0.1:$port"
  check "$kind: the screen says so" sell "$kind" 'Karte abgelehnt'
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

# --- terminals that answer oddly ---
for answer in busy other-amount; do
  used_terminal "$answer" --answer "$answer"
  shop "$answer" "127.0.0.1:$port"
  try_to_sell "$answer"
  phase=$(attempt "$answer")
  # Another amount than was asked for is nobody's approval.
  case "$answer-$phase" in
    busy-3 | other-amount-4) ok "$answer: phase $phase" ;;
    *) bad "$answer: phase $phase" ;;
  esac
  stop_terminal
done
used_terminal part --answer part
shop part "127.0.0.1:$port"
check "a part that was approved is paid in part" sell part '7,00 €'
check "and it is approved" is "$(attempt part)" 1
stop_terminal
# A terminal of old cannot be told that a part is taken: it declines, or takes one all the same.
used_terminal part-old --answer part --no-tlv
shop part-old "127.0.0.1:$port"
check "without TLV no part is offered, and the card declined" sell part-old 'Karte abgelehnt'
check "the journal says declined" is "$(attempt part-old)" 2
stop_terminal
used_terminal part-unasked --answer part-unasked --no-tlv
shop part-unasked "127.0.0.1:$port"
check "a part that was not offered is paid in part as well" sell part-unasked '7,00 €'
check "and that is approved" is "$(attempt part-unasked)" 1
stop_terminal
used_terminal tip --answer tip
shop tip "127.0.0.1:$port"
check "a tip is taken with the payment" sell tip Bezahlt
stop_terminal

# --- faults of the line ---
for policy in auto-reverse keep reverse-next; do
  for at in 10 16 17 19; do
    name=cut-$policy-$at
    used_terminal "$name" --policy "$policy" --fault cut-inside --at "$at"
    shop "$name" "127.0.0.1:$port"
    try_to_sell "$name"
    start_again "$name"
    consistent "cut inside message $at, $policy" "$name"
    stop_terminal
  done
done
# Asked afterwards, it says nothing, or that it cannot, or names an older booking.
for repeat in no-status not-possible wrong-last; do
  name=repeat-$repeat
  used_terminal "$name" --policy keep --fault cut-after --at 16 --repeat "$repeat"
  shop "$name" "127.0.0.1:$port"
  try_to_sell "$name"
  start_again "$name"
  consistent "06 20 answers $repeat" "$name"
  check "06 20 answers $repeat: it waits for a decision" is "$(unresolved "$name")" 1
  stop_terminal
done
check "what is unclear is put off, found again and decided" drive repeat-no-status \
  'expect Kartenzahlung ungeklärt' 'tap Später klären' 'tap 1 Kartenzahlung unklar' \
  'expect Unklare Kartenzahlungen' 'expect 14,00 €' 'tap Nicht bezahlt' 'tap Kein Beleg, keine Buchung' \
  'tap Nicht bezahlt' 'expect Alle Kartenzahlungen sind geklärt'
check "and nothing waits any more" is "$(unresolved repeat-no-status)" 0
for fault in die silence; do
  name=fault-$fault
  used_terminal "$name" --fault "$fault" --at 16
  shop "$name" "127.0.0.1:$port"
  # In silence the till would wait for its patience and then for the cancelling: it is ended before.
  if [ "$fault" = silence ]; then kill_in_payment "$name" 2; else try_to_sell "$name"; fi
  check "$fault: the till does not call it paid or failed" is "$(unresolved "$name")" 1
  stop_terminal
done

# --- the till is killed in the middle, at different moments ---
for policy in auto-reverse keep reverse-next; do
  for moment in 0 0.15 0.4 0.7; do
    name=kill-$policy-$moment
    used_terminal "$name" --policy "$policy" --delay 40
    shop "$name" "127.0.0.1:$port"
    kill_in_payment "$name" "$moment"
    start_again "$name"
    consistent "till killed after $moment s, $policy" "$name"
    stop_terminal
  done
done

# --- a terminal that shows a whole card number wherever it can ---
for answer in approve decline abort; do
  for lines in "" --lines; do
    name=leak-$answer$lines
    used_terminal "$name" --answer "$answer" --leak "$pan" $lines
    shop "$name" "127.0.0.1:$port"
    try_to_sell "$name"
    check "leak, $answer $lines: the payment was carried out" test "$(attempt "$name")" != none
    check "leak, $answer $lines: nothing of the till holds the card number" holds_no_card_number "$name"
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

finish_combinations
