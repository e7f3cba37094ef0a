#!/usr/bin/env bash
# A sale is on the disk before anything of it leaves the till, and from the
# tender's tap to the next screen the till waits for the disk once. strace shows it.
# The program as it is shipped: what a sanitizer asks of the kernel is not the till's.
TRESEN_PROGRAM=$(cd "$(dirname "$0")/../.." && pwd)/.build/release/tresen
source "$(dirname "$0")/setup.sh"

# sale NAME KEY VALUE...: sells in a till with these settings; what the kernel was
# asked for from the tap on is in $temp/NAME.calls, a word each.
sale() {
  local data=$temp/$1 name=$1
  shift
  "$tresen" import --data "$data" "$here/../data/products-classic.csv" >"$temp/import"
  while [ $# -gt 0 ]; do "$tresen" settings "$1" "$2" --data "$data" >"$temp/set"; shift 2; done
  cat >"$temp/$name.drive" <<DRIVE
scan 4006381333931
expect Linen Apron
wait-idle
shot $temp/tapped.png
tap 50 €
expect Bezahlt
wait-idle
shot $temp/shown.png
DRIVE
  strace -f -o "$temp/$name.trace" -e trace=fdatasync,fsync,msync,sync_file_range,openat \
    "$tresen" drive --headless --lang de --size 1280x800 --data "$data" "$temp/$name.drive" || return
  sed -n '/tapped.png/,/shown.png/p' "$temp/$name.trace" |
    sed -n -e '/ENOENT/d' -e 's/.*\(fdatasync\|fsync\|msync\|sync_file_range\)(.*/disk/p' \
      -e 's/.*openat(.*paper.*/printer/p' -e 's/.*openat(.*upstream.outbox.*/platform/p' >"$temp/$name.calls"
}
first() { head -1 "$temp/$1.calls"; }

check "a sale with nothing behind it" sale alone printer.kind none upstream.kind none mail.kind none
check "waits for the disk once" is "$(cat "$temp/alone.calls")" disk
check "a sale that is printed and pushed" sale whole printer.kind file printer.address "$temp/paper"
check "is on the disk before the printer or the platform hear of it" is "$(first whole)" disk
check "they do hear of it" test -s "$temp/paper" -a "$(grep -c platform "$temp/whole.calls")" -gt 0
finish
