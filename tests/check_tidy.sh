#!/usr/bin/env bash
# clang-tidy over our own sources, with the checks of .clang-tidy.
set -euo pipefail
cd "$(dirname "$0")/.."
git ls-files 'core/*.cpp' 'drivers/*.cpp' 'sync/*.cpp' 'pos/*.cpp' |
  xargs -P "$(nproc)" -n 4 clang-tidy --quiet -p .build/dev 2>/dev/null
