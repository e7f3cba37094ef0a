#!/usr/bin/env bash
# Receipts by mail through a real server with TLS and AUTH, and through one with
# each of the faults that servers have.
source "$(dirname "$0")/setup.sh"
authority

# server NAME OPTION...: starts a mail server; its port is in $port.
server() {
  local folder=$temp/server-$1; shift
  "$python" -W ignore "$here/mail_server.py" "$folder" "$@" 2>"$folder.log" &
  servers+=($!)
  wait_for "$folder/port" $!
  port=$(cat "$folder/port")
}
kept() { "$python" "$here/check_mails.py" "$temp/server-$1/mails" "$2" "$3"; }

till first
all=$(mails first waiting)
check "some of the sales have a mail ($all)" test "$all" -ge 2
for copy in grey one die down tls plain wrong smtps eml; do cp -a "$temp/first" "$temp/$copy"; done

server first --cert "$temp/mail.pem" --key "$temp/mail.key" --user kasse --password geheim
use_server first "$port" starttls kasse geheim
sync_once first
check "STARTTLS and AUTH: every mail is sent" is "$(mails first done)" "$all"
check "each arrives once, whole, as text and HTML" kept first "$all" "$all"
sync_once first
check "nothing is sent again" kept first "$all" "$all"

use_server wrong "$port" starttls kasse falsch
sync_once wrong
check "a wrong password: every mail waits" is "$(mails wrong waiting)" "$all"
check "and the server's words are shown" says "$(reasons wrong)" "535"

use_server plain "$port" none kasse geheim
sync_once plain
check "a server that wants TLS gets nothing without it" is "$(mails plain waiting)" "$all"

use_server tls "$port" starttls kasse geheim
sed -i '/^authority/d' "$temp/tls/tresen.toml"
sync_once tls
check "a certificate of an unknown authority: every mail waits" is "$(mails tls waiting)" "$all"
check "and the reason is told" says "$(reasons tls)" "certificate"
check "the server has got nothing of all that" kept first "$all" "$all"

server smtps --cert "$temp/mail.pem" --key "$temp/mail.key" --smtps
use_server smtps "$port" tls
sync_once smtps
check "TLS from the start: every mail is sent" kept smtps "$all" "$all"

server grey --mode greylist
use_server grey "$port" none
sync_once grey
check "greylisted: no mail is lost or refused" is "$(mails grey waiting)" "$all"
check "and the server's words are shown" says "$(reasons grey)" "451 4.7.1 Greylisted"
for _ in $(seq "$all"); do sync_once grey; done
check "later each arrives once" kept grey "$all" "$all"

server one --mode refuse-first
use_server one "$port" none
sync_once one
check "one address is refused" is "$(mails one refused)" 1
check "with the server's words" says "$(reasons one)" "550 5.1.1 No such user here"
check "the others arrive" kept one "$((all - 1))" "$((all - 1))"

server die --mode die-after-data
use_server die "$port" none
sync_once die
sync_once die
check "an answer that was lost: every mail is done in the end" is "$(mails die done)" "$all"
check "one mail came twice, under one Message-ID" kept die "$((all + 1))" "$all"

kill "${servers[-1]}" && wait "${servers[-1]}" 2>/dev/null || :
unset 'servers[-1]'
use_server down "$port" none
sync_once down
check "a server that is down: every mail waits" is "$(mails down waiting)" "$all"
check "and the reason is told" says "$(reasons down)" "The mail server could not be used"

sync_once eml
check "without a server each mail is a file" "$python" "$here/check_mails.py" "$temp/eml/mail" "$all" "$all"
finish
