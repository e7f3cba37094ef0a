#!/usr/bin/env bash
# A till and an Adyen terminal as programs of their own, over HTTPS: payments,
# faults, a till that is killed, wrong certificates and keys, a card number that
# leaks; and Adyen's own library as an outside judge of our encryption.
source "$(dirname "$0")/card_setup.sh"
poi=V400m-346403161

# certificate NAME CN AUTHORITY: made by that authority, which is made when it is new.
certificate() {
  local name=$1 cn=$2 ca=$3
  [ -e "$temp/$ca.pem" ] || openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2 \
    -subj "/CN=$ca" -keyout "$temp/$ca.key" -out "$temp/$ca.pem" 2>/dev/null
  openssl req -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -subj "/CN=$cn" \
    -keyout "$temp/$name.key" -out "$temp/$name.csr" 2>/dev/null
  openssl x509 -req -in "$temp/$name.csr" -CA "$temp/$ca.pem" -CAkey "$temp/$ca.key" -days 2 \
    -CAcreateserial -out "$temp/$name.pem" 2>/dev/null
}
certificate terminal "$poi.test.terminal.adyen.com" root
certificate legacy "legacy-terminal-certificate.test.terminal.adyen.com" root
certificate another "P400Plus-275039202.test.terminal.adyen.com" root
certificate forged "$poi.test.terminal.adyen.com" forger

# terminal NAME CERTIFICATE OPTION...
terminal() {
  local name=$1 certificate=$2; shift 2
  simulator "$name" --nexo --certificate "$temp/$certificate.pem" --certificate-key "$temp/$certificate.key" \
    --passphrase geheim --poiid "$poi" "$@"
}
booked() { sed -n 's/^booked //p' "$temp/$1.out" | tail -1 | grep . || echo 0; }

# shop NAME PORT [PASSPHRASE [KEY-VERSION]]
shop() {
  mkdir -pm 700 "$temp/$1"
  cat >"$temp/$1/tresen.toml" <<TOML
[terminal]
kind = "nexo"
address = "127.0.0.1:$2"
id = "$poi"
key_id = "mykey"
key_version = ${4:-1}
authority = "$temp/root.pem"
patience_seconds = 10
[till]
receipts = "never"
TOML
  secrets "$1" "passphrase = \"${3:-geheim}\""
}
# test_says NAME WORDS: what the connection test finds; it fails where WORDS are bad news.
test_says() {
  local said
  said=$("$tresen" terminal test --data "$temp/$1" 2>&1) || :
  grep -qF -- "$2" <<<"$said" || { echo "  it says \"$said\""; return 1; }
}

terminal plain terminal
shop plain "$port"
check "the connection test finds the terminal" "$tresen" terminal test --data "$temp/plain"
check "a sale by card is paid" sell plain Bezahlt
check "the journal says approved" is "$(attempt plain)" 1
check "it is booked once" is "$(booked plain)" 1
check "it shows a word" "$tresen" terminal show --data "$temp/plain"
check "the Devices page tests the connection" drive plain 'tap Einstellungen' 'tap Verbindung testen' \
  'expect Das Terminal ist bereit'
shop passphrase "$port" falsch
check "a wrong passphrase is named" test_says passphrase "check passphrase"
shop version "$port" geheim 7
check "a wrong key version is named" test_says version "key version"

terminal legacy legacy
shop legacy "$port"
check "a terminal with the shared older certificate is accepted" "$tresen" terminal test --data "$temp/legacy"

terminal another another
shop another "$port"
check "a certificate of another terminal is refused" test_says another "of another terminal"
check "and a sale there is not started" sell another "Kartenzahlung nicht begonnen"
check "nor booked" is "$(attempt another)-$(booked another)" 3-0

terminal forged forged
shop forged "$port"
check "a certificate by another authority is refused" test_says forged "not made by the trusted authority"

"$python" -c '
import socket, sys
s = socket.socket(); s.bind(("127.0.0.1", 0)); s.listen(); print(s.getsockname()[1], flush=True)
while True:
    c = s.accept()[0]; c.recv(99); c.sendall(b"HTTP/1.1 200 OK\r\n\r\n"); c.close()' >"$temp/web.out" &
servers+=($!)
until [ -s "$temp/web.out" ]; do read -rt 0.05 <> <(:) || :; done
shop web "$(cat "$temp/web.out")"
check "something else at that port is told apart" test_says web "Something else answers"
shop nobody 1
check "nobody at that port is told apart" test_says nobody "Nothing answers there"

# --- every fault: what is booked is approved or asked about, never lost ---
for answer in approve decline part silent-charged silent-uncharged cut-before cut-after busy unreachable-host \
  unknown-word other-amount other-currency wrong-service wrong-terminal wrong-sale bad-mac in-clear event nothing; do
  terminal "f-$answer" terminal --nexo-answer "$answer"
  shop "f-$answer" "$port"
  try_to_sell "f-$answer"
  fits "$answer" "$(attempt "f-$answer")" "$(booked "f-$answer")"
  stop_terminal
done

# --- a till that is killed in the middle, started again, and asks ---
for answer in approve silent-charged silent-uncharged; do
  for moment in 0 0.1 0.3; do
    name=k-$answer-$moment
    terminal "$name" terminal --nexo-answer "$answer"
    shop "$name" "$port"
    kill_in_payment "$name" "$moment"
    start_again "$name"
    fits "till killed after $moment s, $answer" "$(attempt "$name")" "$(booked "$name")"
    stop_terminal
  done
done

# --- a terminal that shows a whole card number wherever it can ---
for answer in approve decline; do
  terminal "leak-$answer" terminal --nexo-answer "$answer" --leak "$pan"
  shop "leak-$answer" "$port"
  try_to_sell "leak-$answer"
  check "leak, $answer: the payment was carried out" test "$(attempt "leak-$answer")" != none
  check "leak, $answer: nothing of the till holds the card number" holds_no_card_number "leak-$answer"
  stop_terminal
done

# --- Adyen's own library ---
if npm_modules "$here/nexo"; then
  terminal oracle terminal
  said=$(cd "${modules%/*}" && timeout 60 node "$here/nexo/pay.mjs" "https://127.0.0.1:$port/nexo/" "$temp/root.pem" geheim mykey 1 "$poi" 2>&1) || :
  check "Adyen's library pays at our terminal" grep -q '^payment Success 8.7$' <<<"$said"
  check "and asks it about the payment" grep -q '^status Success 8.7$' <<<"$said"
  [ "$(grep -c Success <<<"$said")" -eq 2 ] || tail -5 <<<"$said"
else
  check "Adyen's library can be installed" false
fi

finish_combinations
