#!/usr/bin/env bash
# Receipts by mail through OpenSMTPD, which relays them to a second server.
#
# OpenSMTPD must be started by root and keeps its queue and socket in fixed
# places, so it gets a mount namespace of its own with empty ones. Without TLS:
# Debian 12's OpenSMTPD 6.8 loses its private key with OpenSSL 3 ("missing
# private key" at each handshake). TLS and AUTH are tried in mail.sh.
source "$(dirname "$0")/setup.sh"
[ "$(id -u)" -eq 0 ] || { echo "OpenSMTPD can only be started by root" >&2; exit 1; }
chmod 755 "$temp"

"$python" -W ignore "$here/mail_server.py" "$temp/sink" 2>"$temp/sink.log" &
servers+=($!)
wait_for "$temp/sink/port" $!

port=$("$python" -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')
cat >"$temp/smtpd.conf" <<CONF
listen on 127.0.0.1 port $port
action "on" relay host smtp://127.0.0.1:$(cat "$temp/sink/port")
match from any for any action "on"
CONF
unshare --mount bash -c '
  mount -t tmpfs none /var/spool && mount -t tmpfs none /run &&
  mkdir -p /run/empty /var/empty /var/lib/opensmtpd/empty 2>/dev/null
  exec smtpd -d -f "$1" 2>"$2"' smtpd "$temp/smtpd.conf" "$temp/smtpd.log" &
servers+=($!)
until (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null; do
  kill -0 "${servers[-1]}" 2>/dev/null || { cat "$temp/smtpd.log" >&2; exit 1; }
  read -rt 0.05 <> <(:) || :
done

till shop
all=$(mails shop waiting)
use_server shop "$port" none
sync_once shop
check "OpenSMTPD takes every mail ($all)" test "$(mails shop done)" -eq "$all"
for _ in $(seq 200); do
  [ "$(find "$temp/sink/mails" -name '*.eml' | wc -l)" -ge "$all" ] && break
  read -rt 0.1 <> <(:) || :
done
check "each is relayed once and whole" "$python" "$here/check_mails.py" "$temp/sink/mails" "$all" "$all"
finish
