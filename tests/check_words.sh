#!/usr/bin/env bash
# Fails, naming it, where a sentence that the till may show has no German.
set -euo pipefail
cd "$(dirname "$0")/.."
missing=$(grep -rhoE '(refuse\(|return )"[A-Z][^"{]* [^"{]*\."' core --include='*.cpp' |
  sed -E 's/^[^"]*//' | sort -u |
  while read -r sentence; do grep -qF "msgid $sentence" assets/locale/de.po || echo "$sentence"; done)
[ -z "$missing" ] || { echo "not in assets/locale/de.po:" "$missing" >&2; exit 1; }
