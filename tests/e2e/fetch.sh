# Sourced after $temp is there: what suites fetch from outside, kept in $cache.
cache=${XDG_CACHE_HOME:-$HOME/.cache}/tresen-e2e

# fetched NAME COMMAND...: the folder NAME of $cache, filled once by the command, which is run in
# it. Of suites that run beside each other one fetches and the others wait; nobody sees half of
# it. A network fails now and then: it is tried three times, then it is said what failed.
fetched() {
  local folder=$cache/$1 log=$temp/fetch.log
  shift
  mkdir -p "$cache"
  (
    flock 9
    [ ! -e "$folder" ] || exit 0
    for _ in 1 2 3; do
      rm -rf "$folder.new"
      mkdir "$folder.new"
      if (cd "$folder.new" && "$@") >"$log" 2>&1; then
        mv "$folder.new" "$folder"
        exit 0
      fi
    done
    tail -20 "$log" >&2
    echo "cannot be fetched: ${folder##*/} ($*)" >&2
    exit 2
  ) 9>"$folder.lock"
}

install_modules() { cp "$1"/package*.json . && npm ci --ignore-scripts --no-audit --no-fund; }

# npm_modules FOLDER: $modules is the folder of what FOLDER/package-lock.json names.
npm_modules() {
  command -v npm >/dev/null || { echo "npm is missing: install Node.js 20" >&2; return 2; }
  local name
  name=$(basename "$1")-$(sha256sum <"$1/package-lock.json" | cut -c1-12)
  fetched "$name" install_modules "$1" || return
  modules=$cache/$name/node_modules
}
