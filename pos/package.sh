#!/usr/bin/env bash
# Makes the Debian packages of the till: tresen, and tresen-kiosk, which starts it on a
# bare machine. They lie in .build/package afterwards; the last lines are their paths.
set -euo pipefail
source "$(dirname "$0")/setup.sh"

install build package
version=$(sed -n 's/^project(tresen VERSION \([0-9.]*\).*/\1/p' "$root/CMakeLists.txt")
# The day of the latest change, so that the same sources make the same package.
SOURCE_DATE_EPOCH=$(git -C "$root" log -1 --format=%ct)
export SOURCE_DATE_EPOCH
work=$root/.build/package
stage=$work/tresen-$version
say "package: tresen $version"
rm -rf "$work"
mkdir -p "$stage"
(cd "$root" && git ls-files -z | xargs -0 cp --parents -t "$stage")
mv "$stage/pos/package/debian" "$stage/debian"
depends=$(awk '/^\[/ { inside = ($0 == "[build]"); next } inside && NF { sub(/:.*/, ""); print }' "$root/.packages" |
  grep -vx 'g++' | paste -sd, | sed 's/,/, /g')
sed -i "s/@BUILD_DEPENDS@/$depends/" "$stage/debian/control"
sed -i "s/@VERSION@/$version/; s/@DAY@/$(date -u -d "@$SOURCE_DATE_EPOCH" +%Y-%m-%d)/" \
  "$stage"/debian/*.xml "$stage"/debian/*.1 "$stage/debian/tresen.preinst"
cat >"$stage/debian/changelog" <<CHANGES
tresen ($version) bookworm; urgency=medium

  * The till as its sources stood on this day.

 -- Tresen <tresen@tresen.invalid>  $(date -u -R -d "@$SOURCE_DATE_EPOCH")
CHANGES
begun=$SECONDS
(cd "$stage" && dpkg-buildpackage --build=binary --unsigned-changes --no-pre-clean >"$work/build.log" 2>&1) || {
  tail -40 "$work/build.log" >&2; fail "the packages could not be built, see $work/build.log"; }
took "package" "$((SECONDS - begun))"
ls "$work"/*.deb
