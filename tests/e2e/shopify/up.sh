# Sourced by suites after setup.sh: the stub of Shopify's Admin API.
#   shopify_schema VERSION   prints the file of the published schema; nothing where there is none
#   shopify_up NAME          a shop of its own; its address is in $shop
#   use_shop NAME            the till's platform
shopify_cache=${XDG_CACHE_HOME:-$HOME/.cache}/tresen-e2e
shopify_source=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)

shopify_install() {
  command -v npm >/dev/null || { echo "npm is missing: install Node.js 20" >&2; return 2; }
  mkdir -p "$shopify_cache/shopify"
  cp "$shopify_source"/*.mjs "$shopify_source"/package*.json "$shopify_cache/shopify/"
  [ -d "$shopify_cache/shopify/node_modules/graphql" ] ||
    (cd "$shopify_cache/shopify" && npm ci --no-audit --no-fund >/dev/null)
}

shopify_schema() {
  local shared=$here/../../../shared/data/shopify-admin-schema.$1.json.gz kept=$shopify_cache/admin_$1.json.gz
  if [ -e "$shared" ]; then echo "$shared"; return; fi
  if [ ! -e "$kept" ]; then
    (cd "$shopify_cache" && npm pack --silent @shopify/dev-mcp@1.16.0 >/dev/null &&
      tar -xzf shopify-dev-mcp-1.16.0.tgz --strip-components=3 --wildcards 'package/dist/data/admin_2026-*.json.gz') || return
  fi
  echo "$kept"
}

shopify_up() {
  shopify_install || return
  node "$shopify_cache/shopify/stub.mjs" "$(shopify_schema 2026-07)" "$temp/$1.port" >"$temp/$1.stub" 2>&1 &
  servers+=($!)
  wait_for "$temp/$1.port" $! || return
  shop=http://127.0.0.1:$(cat "$temp/$1.port")
}

shopify_tell() { curl -sf "$shop/$1" -d "$2" >"$temp/told"; }

use_shop() {
  cat >>"$temp/$1/tresen.toml" <<TOML
[upstream]
kind = "shopify"
address = "$shop"
TOML
  printf '[upstream]\nkey = "shpat_stub"\n' >>"$temp/$1/secrets.toml"
  chmod 600 "$temp/$1/secrets.toml"
}
