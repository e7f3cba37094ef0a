#!/usr/bin/env bash
# Receipt printers: our simulated one held against a client that is not ours
# (npm receiptio), many slips with faults and a till that is killed
# (TRESEN_PRINT_JOBS, 60 unless it says otherwise), and the bytes of slips read
# by python's code pages and by zbarimg.
source "$(dirname "$0")/setup.sh"

# --- an independent client -------------------------------------------------
npm_modules "$here/printer" || exit
printf '^^^RECEIPT\n\nAsparagus | 1| 1.00\nBroccoli | 2| 2.00\n---\n^TOTAL | ^3.00\n' >"$temp/bon.receipt"

# simulator N ARGUMENTS...: a printer at 127.0.9.N, port 9100, which receiptio
# cannot be told to change.
simulator() {
  local address=127.0.9.$1; shift
  "$tresen" printer-sim --address "$address" --port 9100 --data "$temp" "$@" \
    </dev/null >"$temp/sim-$address" 2>&1 &
  servers+=($!)
  until grep -qs '^printing on' "$temp/sim-$address"; do
    kill -0 "${servers[-1]}" || { cat "$temp/sim-$address" >&2; return 1; }
    read -rt 0.05 <> <(:) || :
  done
}

# said N SECONDS: what receiptio says about the printer N.
said() {
  node "$modules/receiptio/bin/cli.js" -d "127.0.9.$1" -p epson -c 42 -t "$2" \
    "$temp/bon.receipt" 2>&1 || :
}

simulator 2 --log "$temp/slips"
simulator 3 --fault "paper out"
simulator 4 --fault "cover open"
simulator 5 --fault "slow 20"
simulator 6 --fault "mute on"
simulator 7 --fault "close-after 40"
check "receiptio: a good printer is success" is "$(said 2 20)" success
check "receiptio: what it printed came out" grep -q '"whole":true' "$temp/slips"
check "receiptio: no paper is paperempty" is "$(said 3 20)" paperempty
check "receiptio: an open cover is coveropen" is "$(said 4 20)" coveropen
check "receiptio: a printer that does not get through is timeout" is "$(said 5 3)" timeout
check "receiptio: a printer that never answers is offline" is "$(said 6 20)" offline
check "receiptio: a connection that breaks off is disconnect" is "$(said 7 20)" disconnect

# --- slips, faults, restarts -----------------------------------------------
check "${TRESEN_PRINT_JOBS:-60} slips with faults and restarts: none lost, none doubled unmarked" \
  "$python" "$here/printer/jobs.py" "$tresen" "$(mktemp -d -p "$temp")" \
  "${TRESEN_PRINT_JOBS:-60}" "${TRESEN_SEED:-1}"

# --- the bytes of a slip ---------------------------------------------------
till bytes
footer='§ 19 UStG · Grüße aus Köln – ÄÖÜ äöüß 3,00 €'
"$tresen" settings shop.footer "$footer" --data "$temp/bytes" >/dev/null
printf 'whole milk\n' >"$temp/one.csv"
"$tresen" replay --data "$temp/bytes" --no-push "$temp/one.csv" >/dev/null
last=$("$tresen" receipts --json --limit 1 --data "$temp/bytes" |
  "$python" -c 'import json, sys; print(json.load(sys.stdin)[0]["receipt"])')

# text_in TABLE CODEC WANTED: the slip in one code table, read by python.
text_in() {
  printf '[printer]\ncode_table = "%s"\n' "$1" >"$temp/bytes/tresen.toml"
  "$tresen" print --receipt "$last" --to "$temp/slip.bin" --data "$temp/bytes" || return 1
  "$python" "$here/printer/decode.py" "$temp/slip.bin" text "${1#*@}=$2" >"$temp/slip.txt" || return 1
  tr -s '\n ' ' ' <"$temp/slip.txt" | grep -qF "$3" ||
    { echo "  it reads:"; tail -8 "$temp/slip.txt"; return 1; }
}
check "CP437: umlauts, no euro, no paragraph" text_in cp437@0 cp437 \
  'Par. 19 UStG · Grüße aus Köln - ÄÖÜ äöüß 3,00 EUR'
check "CP850: umlauts and paragraph, no euro" text_in cp850@2 cp850 \
  '§ 19 UStG · Grüße aus Köln - ÄÖÜ äöüß 3,00 EUR'
check "CP858: everything but the dash" text_in cp858@19 cp858 \
  '§ 19 UStG · Grüße aus Köln - ÄÖÜ äöüß 3,00 €'
check "CP1252: everything" text_in cp1252@16 cp1252 "$footer"
check "ISO 8859-15: everything but the dash" text_in iso8859-15@40 iso8859-15 \
  '§ 19 UStG · Grüße aus Köln - ÄÖÜ äöüß 3,00 €'
rm "$temp/bytes/tresen.toml"

bytes_of() { rm -f "$temp/test.bin"; "$tresen" print --test --profile "$1" --to "$temp/test.bin" --data "$temp/bytes"; }
qr_native() {
  bytes_of generic-80 && [ "$("$python" "$here/printer/decode.py" "$temp/test.bin" qr)" = https://example.org/test ]
}
read_codes() { zbarimg --raw -q -Sdisable -S"$2".enable -Sbinary "$1"; }
qr_raster() {
  bytes_of pos-58 && "$python" "$here/printer/decode.py" "$temp/test.bin" picture "$temp/test.pgm" &&
    [ "$(read_codes "$temp/test.pgm" qrcode)" = https://example.org/test ] &&
    read_codes "$temp/test.pgm" code128 | grep -q 'TEST-0001'
}
printed_picture() {
  mkdir "$temp/pictures"
  simulator 8 --out "$temp/pictures"
  printf '[printer]\nkind = "tcp"\naddress = "127.0.9.8"\n' >"$temp/bytes/tresen.toml"
  "$tresen" print --test --data "$temp/bytes" || return 1
  [ "$(read_codes "$temp/pictures/slip-00001.png" qrcode)" = https://example.org/test ] &&
    read_codes "$temp/pictures/slip-00001.png" code128 | grep -q 'TEST-0001'
}
check "QR: the payload is byte-exact for a printer that draws it" qr_native
check "QR and barcode: as dots they are read back byte-exact" qr_raster
check "the simulator's picture of a slip can be scanned" printed_picture

# --- what is wrong is said -------------------------------------------------
# complains SENTENCE TOML: tresen print --test says it, on one line of stderr.
complains() {
  printf '[printer]\n%s\n' "$2" >"$temp/bytes/tresen.toml"
  local said
  said=$("$tresen" print --test --data "$temp/bytes" 2>&1 >/dev/null) && return 1
  [ "$(wc -l <<<"$said")" = 1 ] && grep -qF -- "$1" <<<"$said" || { echo "  it says: $said"; return 1; }
}
check "a code table that is none is said" complains 'code_table is "cp999@1"' 'code_table = "cp999@1"'
check "nobody at the address is said" complains 'takes no connection' 'kind = "tcp"
address = "127.0.9.99:9100"'
check "a path that is not there is said" complains 'not plugged in' 'kind = "usb"
address = "/dev/usb/lp77"'
check "a name that nobody knows is said" complains 'Nobody knows' 'kind = "tcp"
address = "printer.invalid:9100"'
check "a serial port that is none is said" complains 'its path is wrong' 'kind = "serial"
address = "/dev/null"'
check "a profile that is not there is said" complains 'no printer profile "nothing"' 'profile = "nothing"'

finish
