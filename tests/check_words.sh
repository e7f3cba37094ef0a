#!/usr/bin/env bash
# Fails, naming it, where a literal that can reach a person has no German.
set -euo pipefail
cd "$(dirname "$0")/.."
msgfmt --check --output-file=/dev/null assets/locale/de.po
python3 tests/check_words.py
