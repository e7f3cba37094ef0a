# Sourced by pos/run.sh and tests/run.sh: installs what .packages lists and
# builds. Prints what it does; every failure ends with a sentence.
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)

say() { printf '\n== %s\n' "$*"; }
fail() { printf 'error: %s\n' "$*" >&2; exit 1; }

# took WHAT SECONDS: says how long a step took, and keeps it for the table of the end.
times=()
took() { printf '== %s: %d s\n' "$1" "$2"; times+=("$(printf '%6d s  %s' "$2" "$1")"); }
show_times() { say "what took how long"; printf '%s\n' "${times[@]}" "$(printf '%6d s  in all' "$SECONDS")"; }

# install GROUP...: the packages of these groups of .packages that are missing.
install() {
  local wanted=() missing=() group begun=$SECONDS
  for group in "$@"; do
    mapfile -t -O "${#wanted[@]}" wanted < <(awk -v g="[$group]" '
      /^\[/ { inside = ($0 == g); next } inside && NF && !/^#/ { print }' "$root/.packages")
  done
  command -v dpkg-query >/dev/null || fail "this is no Debian or Ubuntu: install by hand: ${wanted[*]%:*}"
  for package in "${wanted[@]}"; do
    [[ $package != *:* ]] || ! command -v "${package#*:}" >/dev/null || continue
    dpkg-query -W -f='${Status}' "${package%:*}" 2>/dev/null | grep -q 'ok installed' || missing+=("${package%:*}")
  done
  if [ ${#missing[@]} -eq 0 ]; then say "packages: all ${#wanted[@]} are there"; return; fi
  say "packages: installing ${missing[*]}"
  local as_root=()
  if [ "$(id -u)" -ne 0 ]; then
    command -v sudo >/dev/null || fail "need root or sudo to install: ${missing[*]}"
    as_root=(sudo)
  fi
  "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get update -q ||
    fail "apt-get update failed: is there a network?"
  "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends \
    "${missing[@]}" </dev/null || fail "could not install: ${missing[*]}"
  took "packages" "$((SECONDS - begun))"
}

# build PRESET [TARGET...]: configures and builds into .build/PRESET.
build() {
  local preset=$1 begun=$SECONDS; shift
  say "build: $preset${1:+ ($*)}"
  (cd "$root" && cmake --preset "$preset" >"$root/.build-$preset.log" 2>&1) || {
    cat "$root/.build-$preset.log" >&2; fail "cmake could not configure the preset $preset"; }
  rm -f "$root/.build-$preset.log"
  cmake --build "$root/.build/$preset" ${1:+--target "$@"} || fail "the build of $preset failed, see above"
  took "build: $preset${1:+ ($*)}" "$((SECONDS - begun))"
}
