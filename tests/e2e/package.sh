#!/usr/bin/env bash
# The Debian packages: built, looked at by lintian, installed in a clean system, started
# there as the kiosk's user, upgraded with a store in use, not downgraded, and removed.
source "$(dirname "$0")/setup.sh"
root=$(cd "$here/../.." && pwd)

check "pos/package.sh builds the packages" "$root/pos/package.sh" </dev/null
debs=$root/.build/package
version=$(sed -n 's/^project(tresen VERSION \([0-9.]*\).*/\1/p' "$root/CMakeLists.txt")
program=$(ls "$debs"/tresen_"$version"_*.deb) kiosk=$debs/tresen-kiosk_${version}_all.deb
lintian --fail-on error "$program" "$kiosk" >"$temp/lintian" 2>&1 && clean=0 || clean=$?
check "lintian finds no error" is "$clean" 0
[ "$clean" -eq 0 ] || cat "$temp/lintian"
mkdir "$temp/content"
dpkg-deb -x "$program" "$temp/content"
check "its metainfo is valid" appstreamcli validate --no-net "$temp"/content/usr/share/metainfo/*.xml
check "all names of the version agree" is \
  "$(sed -n 's/.*<release version="\([0-9.]*\)".*/\1/p' "$temp"/content/usr/share/metainfo/*.xml)$(
    zcat "$temp/content/usr/share/man/man1/tresen.1.gz" | sed -n 's/^\.TH.*"tresen \([0-9.]*\)".*/\1/p')" "$version$version"

# --- a clean system ---
clean=$temp/clean
release=$(. /etc/os-release && echo "$VERSION_CODENAME")
mmdebstrap --variant=minbase --include=ca-certificates "$release" "$clean" >"$temp/mmdebstrap" 2>&1 || {
  bad "a clean system can be made"; tail -5 "$temp/mmdebstrap"; finish; }
inside() { unshare --mount --pid --fork chroot "$clean" /bin/bash -c "$1"; }
printf '#!/bin/sh\nexit 101\n' >"$clean/usr/sbin/policy-rc.d"
chmod 755 "$clean/usr/sbin/policy-rc.d"
cp "$program" "$kiosk" "$clean/tmp"
inside 'apt-get update -q' >"$temp/apt" 2>&1 || { bad "the clean system has lists of packages"; tail -5 "$temp/apt"; finish; }
install() {
  inside "cd /tmp && DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends $1" >"$temp/apt" 2>&1 ||
    { tail -5 "$temp/apt"; return 1; }
}
check "they install" install "./$(basename "$program") ./$(basename "$kiosk")"
check "the program says its version" is "$(inside 'tresen --version')" "tresen $version"
check "the kiosk has a user of its own" inside 'getent passwd tresen >/dev/null'
check "nothing was started or enabled" inside '! test -e /etc/systemd/system/multi-user.target.wants/tresen-kiosk.service'
says_xorg() { says "$(inside 'TRESEN_KIOSK_HEADLESS=1 STATE_DIRECTORY=/var/lib/tresen /usr/libexec/tresen-kiosk')" "xinit /usr/bin/tresen --fullscreen --data /var/lib/tresen"; }
check "the kiosk opens the till by Xorg" says_xorg
says_cage() { says "$(inside 'DISPLAY_WAY=cage TRESEN_KIOSK_HEADLESS=1 /usr/libexec/tresen-kiosk')" "/usr/bin/cage -- /usr/bin/tresen"; }
check "or by cage, with one word" says_cage

# --- it sells there ---
cat >"$clean/tmp/day.drive" <<'DRIVE'
tap Krimi
key F9
expect Bezahlt
DRIVE
inside 'install -d -o tresen -m 700 /var/lib/tresen'
as_user='setpriv --reuid tresen --regid tresen --clear-groups env HOME=/var/lib/tresen'
check "a sale on its screens, as its user" inside "$as_user tresen drive /tmp/day.drive --lang de --data /var/lib/tresen"
count() { inside "$as_user tresen receipts --json --data /var/lib/tresen" | "$python" -c 'import json, sys; print(len(json.load(sys.stdin)))'; }
sold=$(count)
check "it has a receipt" test "$sold" -ge 1

# --- a newer one, and back ---
# packed VERSION: the same program as a package of another version.
packed() {
  rm -rf "$temp/other"
  dpkg-deb -R "$program" "$temp/other"
  sed -i "s/^Version: .*/Version: $1/" "$temp/other/DEBIAN/control"
  sed -i "s/$version/$1/g" "$temp/other/DEBIAN/preinst"
  dpkg-deb --root-owner-group -b "$temp/other" "$clean/tmp/tresen_$1.deb" >"$temp/packed"
}
packed 999.1
check "an upgrade is installed over a store in use" install ./tresen_999.1.deb
check "and keeps its sales" is "$(count)" "$sold"
packed 999.0
refused() {
  inside 'dpkg -i /tmp/tresen_999.0.deb' >"$temp/downgrade" 2>&1 && return 1
  says "$(cat "$temp/downgrade")" "an older one cannot read its store. Nothing was changed."
}
check "a downgrade is refused in words" refused
check "and the newer one is still there" says "$(inside "dpkg-query -W -f '\${Version}' tresen")" 999.1
check "removed, the program is gone" inside 'apt-get purge -y -q tresen tresen-kiosk >/dev/null 2>&1 && ! test -e /usr/bin/tresen'
check "and the shop's data stay" test -s "$clean/var/lib/tresen/till.db"
finish
