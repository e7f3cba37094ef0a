#!/usr/bin/env bash
# usage: tests/fuzz/run.sh [SECONDS]
# Builds the fuzzers (preset asan) and runs each for so long (10), from seeds of
# our own. A finding fails and is kept in .build/asan/fuzz/findings.
set -euo pipefail
source "$(dirname "$0")/../../pos/setup.sh"
seconds=${1:-10}
build asan fuzzers
work=$root/.build/asan/fuzz
failures=0

# seed NAME FILE...: what the fuzzer of that name begins with.
seed() {
  local folder=$work/corpus/$1; shift
  mkdir -p "$folder"
  cp -- "$@" "$folder/"
}

mkdir -p "$work/seeds" "$work/findings"
awk '/^```json/ { inside = 1; next } /^```/ { inside = 0 } inside' "$root/sync/upstream/folder/folder.md" >"$work/seeds/order.json"
test -s "$work/seeds/order.json" || fail "sync/upstream/folder/folder.md has no example of an order"
printf '\x16\x12\x10\x00\x00\x0f\x5fEPSON\x00' >"$work/seeds/status"
printf '4\x024\x020\x020\x021\x020\x020\x021\r\x02a\x7fb\x7f' >"$work/seeds/scan"
printf '%s\n' '{"data":{"found":null,"pulled":{"nodes":[{"id":"gid://shopify/Order/1","name":"#1","currencyCode":"EUR","totalPriceSet":{"shopMoney":{"amount":"1.0","currencyCode":"EUR"}},"lineItems":{"nodes":[{"id":"gid://shopify/LineItem/2","name":"x","quantity":1,"originalUnitPriceSet":{"shopMoney":{"amount":"1.0","currencyCode":"EUR"}},"taxLines":[{"rate":0.19}]}]},"transactions":[{"id":"gid://shopify/OrderTransaction/3","kind":"SALE","status":"SUCCESS","gateway":"cash","amountSet":{"shopMoney":{"amount":"1.0","currencyCode":"EUR"}}}]}]}}}' >"$work/seeds/shopify"
printf '%s\n' '{"stores":[{"name":"x"}],"regions":[{"id":"r","currency_code":"eur","countries":[{"iso_2":"de"}]}],"orders":[{"id":"order_5","display_id":5,"status":"pending","currency_code":"eur","total":44.88,"updated_at":"2026-11-25T10:00:00.000Z","items":[{"id":"l","product_title":"x","quantity":2,"unit_price":19.99,"is_tax_inclusive":true,"return_received_total":1,"tax_lines":[{"rate":19}]}],"shipping_methods":[{"name":"p","amount":4.9}],"credit_lines":[{"amount":1}],"payment_collections":[{"payments":[{"id":"p","amount":44.88,"captures":[{"id":"c","amount":20}],"refunds":[{"id":"f","amount":"1.5"}]}]}],"fulfillments":[{"id":"u","items":[{"line_item_id":"l","quantity":1}]}]}],"products":[{"id":"p","handle":"h","title":"t","status":"published","variants":[{"id":"v","sku":"s","barcode":"4006381333931","prices":[{"currency_code":"eur","amount":1.5}]}]}],"variants":[],"inventory_items":[{"id":"i","location_levels":[{"location_id":"sloc_1","stocked_quantity":3,"reserved_quantity":1}]}]}' >"$work/seeds/medusa"
seed csv_fuzz "$root"/tests/data/*.csv
seed catalogue_import_fuzz "$root"/tests/data/*.csv
seed order_json_fuzz "$work/seeds/order.json"
seed status_parser_fuzz "$work/seeds/status"
seed wedge_fuzz "$work/seeds/scan"
printf 'EPSONq\0\0\0\0\0\0\0\0\0\0\0\0\0TM-T88V\0' >"$work/seeds/network"
seed network_search_fuzz "$work/seeds/network"
seed shopify_fuzz "$work/seeds/shopify"
seed medusa_fuzz "$work/seeds/medusa"
awk -F'\t' 'NR > 1 { print $3 }' "$root/tests/data/zvt-vectors.tsv" | tr -d '\n' | tr a-f A-F | basenc -d --base16 >"$work/seeds/zvt"
"${PYTHON:-/usr/bin/python3}" -c 'import json, sys
print(json.load(open(sys.argv[1]))["decrypt"][0]["plaintext"])' "$root/tests/data/nexo-vectors.json" >"$work/seeds/nexo"
seed nexo_fuzz "$work/seeds/nexo"
awk -F'\t' '$3 ~ /^V0;/ { print $3; exit }' "$root/tests/data/tse/qr-vectors.tsv" >"$work/seeds/qr"
seed fiscal_qr_fuzz "$work/seeds/qr"
seed tse_archive_fuzz "$root/tests/data/tse/odd-export.tar"
tar xOf "$root/tests/data/tse/odd-export.tar" --wildcards '*Sig-5_*' >"$work/seeds/log"
seed tse_log_fuzz "$work/seeds/log"
printf '<connect><data><client_id>sock1</client_id></data></connect>\0<device_data><data><code>SUCCESS</code><resultdata>{&quot;result&quot;:&quot;EXECUTION_OK&quot;,&quot;function&quot;:&quot;StartTransaction&quot;,&quot;output&quot;:{&quot;signatureCounter&quot;:3,&quot;remainingRetries&quot;:2}}</resultdata></data><data_id>7</data_id></device_data>\0' >"$work/seeds/epson"
printf '\000\144{"status_code":400,"code":"E_TX_UPSERT","error":"x","message":"m","signature":{"value":"AA==","counter":"3"}}' >"$work/seeds/fiskaly"
seed epson_fuzz "$work/seeds/epson"
seed fiskaly_fuzz "$work/seeds/fiskaly"
seed zvt_message_fuzz "$work/seeds/zvt"
seed zvt_tlv_fuzz "$work/seeds/zvt"
seed zvt_serial_fuzz "$work/seeds/zvt"

for source in "$root"/tests/fuzz/*_fuzz.cpp; do
  name=$(basename "$source" .cpp)
  mkdir -p "$work/corpus/$name"
  if "$root/.build/asan/tests/$name" -max_total_time="$seconds" -timeout=10 -rss_limit_mb=1500 -print_final_stats=1 \
    -artifact_prefix="$work/findings/$name-" "$work/corpus/$name" >"$work/$name.log" 2>&1 </dev/null; then
    echo "ok: $name, $(sed -n 's/^stat::number_of_executed_units: *//p' "$work/$name.log") inputs"
  else
    tail -60 "$work/$name.log"
    echo "FAILED: $name"
    failures=$((failures + 1))
  fi
done
exit "$((failures > 0))"
