#!/usr/bin/env bash
# Makes the manual in German and English, as HTML and PDF: the text of the till's own help, with
# pictures. The last lines are their paths.
set -euo pipefail
source "$(dirname "$0")/setup.sh"

install build manual
build release manual
