#!/usr/bin/env bash
# Signing devices as programs of their own, with every fault they have: an Epson TSE over
# TCP and TLS, one at fiskaly over HTTPS. What is signed is judged by the device's own
# records, which a program of its own reads. TSE_SALES: of each of two tills on one device.
source "$(dirname "$0")/setup.sh"
sales=${TSE_SALES:-300}
pause() { read -rt "$1" <> <(:) || :; }

# simulator NAME OPTION...: starts one; its ports are in $port and $control, its id in $sim.
simulator() {
  local name=$1; shift
  : >"$temp/$name.out"
  "$tresen" tse-sim "$@" --control 0 </dev/null >"$temp/$name.out" 2>&1 &
  sim=$!
  servers+=("$sim")
  until grep -q '^listening' "$temp/$name.out"; do
    kill -0 "$sim" 2>/dev/null || { cat "$temp/$name.out" >&2; return 1; }
    pause 0.05
  done
  port=$(sed -n 's/^listening on 127.0.0.1://p' "$temp/$name.out")
  control=$(sed -n 's/^control on 127.0.0.1://p' "$temp/$name.out")
}
stop_simulator() { kill "$sim" 2>/dev/null || :; wait "$sim" 2>/dev/null || :; }
# order LINE: told to the simulator; what it answers is in $said.
order() {
  exec 8<>"/dev/tcp/127.0.0.1/$control"
  printf '%s\n' "$1" >&8
  IFS= read -r said <&8
  exec 8>&-
  case $said in ok | \{* | \[*) ;; *) echo "  \"$1\" is answered \"$said\""; return 1 ;; esac
}
# value NAME: of the JSON that the last call has said.
value() {
  "$python" -c 'import json, sys
found = json.load(open(sys.argv[1])).get(sys.argv[2])
print(found if not isinstance(found, bool) else str(found).lower())' "$temp/said" "$1" 2>/dev/null || echo "none"
}
# says_of NAME VALUE: the last call has said so.
says_of() { is "$(value "$1")" "$2"; }
device=()
# call VERB OPTION...: what it says is in $temp/said; it fails as the program does.
call() {
  local verb=$1; shift
  timeout 300 "$tresen" fiscal device "$verb" "${device[@]}" "$@" >"$temp/said" 2>"$temp/err" || {
    local status=$?
    ended "$status"
    return "$status"
  }
}
faults() { ! call "$@"; }
open_ones() { order state; grep -oE '"open":[0-9]+' <<<"$said" | grep -oE '[0-9]+'; }
# begun: starts a transaction; its number is in $transaction, its counter in $counter.
begun() { call start "$@" && transaction=$(value transaction) && counter=$(value counter); }
receipt=(--type Kassenbeleg-V1 --data 'Beleg^0.00_2.55_0.00_0.00_0.00^2.55:Bar')
records() { call archive --out "$temp/records.tar" && "$python" "$here/tse/check_tar.py" "$temp/records.tar" "$@"; }

# --- Epson ---
ready=(--puk 123456 --admin-pin 12345 --time-admin-pin 54321 --client TILL-1 --client TILL-2)
till() {
  device=(--kind epson --address "127.0.0.1:$port" --client "$1" --admin-pin 12345 --time-admin-pin 54321
    --patience 1500 --pause 1)
}

simulator new epson --state "$temp/new"
device=(--kind epson --address "127.0.0.1:$port" --client TILL-1)
check "a new TSE says that it is not set up" call status
check "and nothing else" says_of state "not set up"
check "without a PIN nothing is prepared" faults prepare
pins=(--puk 111111 --admin-pin 22222 --time-admin-pin 33333)
order "forget SetUp"
check "the answer to its set-up is lost" faults set-up "${pins[@]}"
check "which is said" says_of fault lost
check "and it is set up by the same values again" call set-up "${pins[@]}"
device+=(--admin-pin 22222 --time-admin-pin 33333)
check "a sale is begun there" begun
stop_simulator
simulator again epson --state "$temp/new"
device=(--kind epson --address "127.0.0.1:$port" --client TILL-1 --admin-pin 22222 --time-admin-pin 33333)
check "after a power cut the begun one is still there" is "$(open_ones)" 1
check "and is ended: log-in and time are mended on the way" call finish --transaction "$transaction" "${receipt[@]}"
check "its records are whole, and their signatures verify" records 1
stop_simulator

simulator epson epson --curve p256 "${ready[@]}"
till TILL-1
check "the day is prepared" call prepare
check "the TSE is ready" call status
check "it says so" says_of state ready
check "and that it is a test" says_of test true
for fault in lose forget silent deaf break another bad-json bad-xml bad-base64 html garbage device-busy \
  "error TSE1_ERROR_TIMEOUT" "error OTHER_ERROR_UNAUTHENTICATED_TIME_ADMIN_USER"; do
  for function in StartTransaction FinishTransaction; do
    # A start with another number fits no other call; its signature tells.
    [ "$fault-$function" != another-StartTransaction ] || continue
    order "$fault $function"
    check "$fault at $function: the sale is signed" call sell --count 1
    check "$fault at $function: nothing stays open" is "$(open_ones)" 0
  done
done
check "after all that each transaction was signed once" records
order "late 300"
check "a slow TSE is waited for" call sell --count 1
order "late 0"
order silent
check "an answer that does not come is lost" faults start
check "which is said" says_of fault lost
check "what it was about was carried out, and is found" call recover
transaction=$(value transaction)
check "and ended" call finish --transaction "$transaction" "${receipt[@]}"
order "stray on"
check "stray quotes and raw JSON are understood" call sell --count 2
order "stray off"
for fault in expire fill used-up; do
  order "$fault"
  check "$fault: nothing is signed any more" faults start
  check "$fault: it is worn out" says_of fault "worn out"
  order off
done
order "busy always"
check "a TSE that others use is busy" faults start
check "which is said" says_of fault busy
order off
order self-test-due
check "a self-test that is due is for the morning" faults start
check "the morning makes it" call prepare
order restart
check "after a restart of the host a sale goes on" call sell --count 1
order "time 3600"
check "a clock that jumped is seen in the log time" call sell --count 1
check "and set again in the morning" call prepare
check "a wrong PIN is told with the tries that are left" faults prepare --time-admin-pin 99999
check "two are" says_of tries_left 2
check "the right one still works" call prepare
order block-pin
check "a blocked PIN waits for a person" faults prepare
check "which is said" says_of fault "needs person"
stop_simulator

simulator swapped epson --curve p256 "${ready[@]}"
till TILL-1
call prepare
begun
before=$(value serial)
order swap
check "another TSE in its place signs" begun
check "and tells its own serial" test "$(value serial)" != "$before"
stop_simulator
check "a host that is gone is an outage" faults start
check "which is said" says_of fault unreachable

"$python" -c '
import socket
s = socket.socket(); s.bind(("127.0.0.1", 0)); s.listen(); print(s.getsockname()[1], flush=True)
while True:
    c = s.accept()[0]
    try:
        while True: c.sendall(b"HTTP/1.1 400 Bad Request\r\n" * 4096)
    except OSError: c.close()' >"$temp/web.out" &
servers+=($!)
until [ -s "$temp/web.out" ]; do pause 0.05; done
port=$(cat "$temp/web.out")
till TILL-1
check "an endless answer of something else ends in time" faults status
check "and is told apart" says_of fault unreachable

# --- TLS ---
"$tresen" tse-sim fiskaly --state "$temp/authority" --port 0 </dev/null >/dev/null 2>&1 &
servers+=($!)
until [ -s "$temp/authority/server.key" ]; do pause 0.05; done
simulator tls epson --curve p256 "${ready[@]}" --certificate "$temp/authority/server.pem" \
  --certificate-key "$temp/authority/server.key"
till TILL-1
device+=(--authority "$temp/authority/authority.pem")
check "over TLS the day is prepared" call prepare
check "and a sale signed" call sell --count 3
openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2 -subj "/CN=stranger" \
  -keyout "$temp/stranger.key" -out "$temp/stranger.pem" 2>/dev/null
till TILL-1
device+=(--authority "$temp/stranger.pem")
check "a certificate of a stranger is refused" faults status
check "which is said" says "$(cat "$temp/said")" "is not the one that is trusted"
stop_simulator

# --- two tills on one TSE ---
simulator two epson --curve p256 "${ready[@]}"
till TILL-1
call prepare
till TILL-2
call prepare
order "storm 5"
for name in TILL-1 TILL-2; do
  till "$name"
  timeout 3000 "$tresen" fiscal device sell "${device[@]}" --count "$sales" >"$temp/$name.sold" 2>&1 &
  eval "${name/-/_}=$!"
done
check "two tills sell $sales times each on one TSE: the first" wait "$TILL_1"
check "and the second" wait "$TILL_2"
cat "$temp/TILL-1.sold" "$temp/TILL-2.sold" | tr -d '\n {}"'; echo
order off
check "nothing stays open" is "$(open_ones)" 0
check "each transaction was signed once" records
order "forget GetExportData"
check "an export that breaks deletes nothing" faults archive --out "$temp/broken.tar" --discard
check "the whole one is deleted behind it" call archive --out "$temp/all.tar" --discard
check "and what follows is small" call archive --out "$temp/rest.tar"
check "as it is" test "$(stat -c %s "$temp/rest.tar")" -lt 20000
stop_simulator

# --- fiskaly ---
tss=0193a1b2-0000-7000-8000-00000000000a
till_id=0193a1b2-0000-7000-8000-00000000000b
simulator fiskaly fiskaly --state "$temp/fiskaly"
cloud() {
  device=(--kind fiskaly --address "https://127.0.0.1:$port/api/v2" --authority "$temp/fiskaly/authority.pem"
    --api-key test_key --api-secret test_secret --tss "$tss" --client-id "$till_id" --client TILL-1
    --admin-pin 1234567 --patience 1500)
}
cloud
check "a TSE that is not made is not set up" call status
check "which is said" says_of state "not set up"
check "it is set up" call set-up
check "and ready" call status
check "it says so" says_of state ready
check "the day is prepared" call prepare
id() { "$python" -c 'import uuid; print(uuid.uuid4())'; }
for fault in lose silent deaf break bad-json html redirect garbage too-many "error 500 E_INTERNAL" \
  "error 503 E_TSS_LOCKED" "error 423 E_TSS_EVICTED" "error 409 E_PENDING_TX_CONFLICT" "error 401 E_UNAUTHORIZED" \
  "error 400 E_TX_UPSERT" "error 502 ERROR_IDENTIFY_ERS"; do
  order "$fault tx 1"
  check "$fault: the sale is signed" call sell --count 1
  check "$fault: nothing stays open" is "$(open_ones)" 0
done
order tokens
check "a token that is over is got anew" call sell --count 1
order "error 423 E_TSS_DEFECTIVE tx 1"
check "a TSE that is defect is worn out" faults start --id "$(id)"
check "which is said" says_of fault "worn out"
order "error 503 E_TSS_LOCKED tx always"
check "a disturbance that stays is busy" faults start --id "$(id)"
check "which is said" says_of fault busy
order off
order expire
check "a certificate that is over is worn out" faults start --id "$(id)"
check "which is said" says_of fault "worn out"
order off
order "late 500"
check "a slow service is waited for" call sell --count 1
order "late 0"
one=$(id)
order silent
check "an answer that does not come is lost" faults start --id "$one"
check "which is said" says_of fault lost
check "what it was about was carried out, and is found by its id" call recover --id "$one"
check "and ended" call finish --id "$one" --transaction "$(value transaction)" "${receipt[@]}"
order "storm 100"
check "in a storm 60 sales are signed" call sell --count 60
order off
check "nothing stays open" is "$(open_ones)" 0
order "slow-export 3"
check "the records are waited for, whole, and their signatures verify" records
stop_simulator
check "without the network it is an outage" faults start --id "$(id)"
check "which is said" says_of fault unreachable
simulator fiskaly_again fiskaly --state "$temp/fiskaly"
cloud
check "started again, it goes on" call sell --count 1
device+=(--authority "$temp/stranger.pem")
check "a certificate of a stranger is refused" faults status
check "and is an outage" says_of fault unreachable
cloud
check "a wrong API secret waits for a person" faults status --api-secret wrong
check "which is said" says_of fault "needs person"

finish
