# Sourced by the suites: the program, a folder of their own in memory, and the shim.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
tresen=${TRESEN_PROGRAM:-$here/../../.build/release/tresen}
[ -x "$tresen" ] || { echo "not built: $tresen" >&2; exit 2; }
tresen=$(realpath "$tresen")
python=/usr/bin/python3  # the one that Debian's packages are installed for
memory=${TMPDIR:-/tmp}
[ ! -w /dev/shm ] || memory=/dev/shm
temp=$(mktemp -d -p "$memory")
trap 'rm -rf "$temp"' EXIT
shim=$temp/shim.so
"${CXX:-c++}" -std=c++20 -O1 -shared -fPIC -D_GNU_SOURCE -o "$shim" "$here/shim.cpp" -ldl
export PYTHONDONTWRITEBYTECODE=1
seed=${SEED:-$(date +%s)}
echo "SEED=$seed"
