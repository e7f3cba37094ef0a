#!/usr/bin/env bash
# usage: make.sh PROGRAM FOLDER: the manual in both languages, as FOLDER/{de,en}/tresen.html and
# .pdf. Its text is the till's own help, its pictures are made by the program.
set -euo pipefail
program=$1 out=$2
here=$(cd "$(dirname "$0")" && pwd)
help=$here/../../assets/help
fail() { printf 'error: %s\n' "$*" >&2; exit 1; }
for tool in pandoc weasyprint; do
  command -v "$tool" >/dev/null || fail "there is no $tool: pos/manual.sh installs what the manual takes"
done
version=$("$program" --version)

manual() {
  local language=$1 title=$2 subtitle=$3 folder=$out/$1
  rm -rf "$folder"
  mkdir -p "$folder/pictures"
  (cd "$folder/pictures" &&
    "$program" drive "$here/pictures.drive" --data "$folder/shop" --lang "$language" &&
    "$program" drive --first-start "$here/first-steps.drive" --data "$folder/new" --lang "$language") ||
    fail "the pictures of the manual could not be made"
  rm -rf "$folder/shop" "$folder/new"
  # One document: each page's heading is called as the page, links lead there.
  while read -r topic; do
    sed -E "1s/\$/ {#$topic}/; s/\]\(([a-z]+)\.md[^)]*\)/](#\1)/g" "$help/$language/$topic.md"
    echo
  done <"$help/topics.txt" >"$folder/tresen.md"
  pandoc "$folder/tresen.md" --from markdown-implicit_figures --to html5 --standalone \
    --self-contained --toc --toc-depth 1 --css "$here/manual.css" \
    --resource-path "$folder/pictures" --metadata lang="$language" --metadata title="$title" \
    --metadata subtitle="$subtitle, ${version#tresen }" --output "$folder/tresen.html"
  grep -oE 'href="#[^"]+"' "$folder/tresen.html" | sort -u | sed 's/href="#\(.*\)"/\1/' |
    while read -r name; do
      grep -q "id=\"$name\"" "$folder/tresen.html" || fail "a link leads to #$name, which is not there"
    done
  weasyprint --quiet "$folder/tresen.html" "$folder/tresen.pdf"
  rm -rf "$folder/tresen.md" "$folder/pictures"
  echo "$folder/tresen.html"
  echo "$folder/tresen.pdf"
}

manual de "Tresen" "Handbuch"
manual en "Tresen" "Manual"
