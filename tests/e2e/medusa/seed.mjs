// Fills a fresh Medusa: shop, region, tax, two sales channels, a stock location,
// shipping, products; prints what the suites need to know as JSON.
// usage: node seed.mjs URL [GOODS]
// GOODS: a file with a name a line; each becomes an article of that name and SKU.
import { readFileSync } from "node:fs"

const [base, goodsFile] = process.argv.slice(2)
let token = ""

async function call(path, body, method = body ? "POST" : "GET") {
  const answer = await fetch(base + path, {
    method,
    headers: { "content-type": "application/json", ...(token && { authorization: token }) },
    body: body && JSON.stringify(body),
  })
  const text = await answer.text()
  if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${text}`)
  return JSON.parse(text)
}

const login = await call("/auth/user/emailpass", { email: "admin@example.com", password: "supersecret" })
token = `Bearer ${login.token}`
const { api_key } = await call("/admin/api-keys", { title: "POS", type: "secret" })
token = "Basic " + Buffer.from(api_key.token + ":").toString("base64")

const { stores } = await call("/admin/stores")
const web = (await call("/admin/sales-channels", { name: "Webshop" })).sales_channel
const pos = (await call("/admin/sales-channels", { name: "POS" })).sales_channel
await call(`/admin/stores/${stores[0].id}`, {
  name: "Feinkost Test",
  supported_currencies: [{ currency_code: "eur", is_default: true, is_tax_inclusive: true }],
  default_sales_channel_id: web.id,
})
const { region } = await call("/admin/regions", {
  name: "Germany", currency_code: "eur", countries: ["de"],
  payment_providers: ["pp_system_default"], is_tax_inclusive: true, automatic_taxes: true,
})
await call("/admin/tax-regions", {
  country_code: "de", provider_id: "tp_system",
  default_tax_rate: { name: "USt 19%", rate: 19, code: "DE19", is_default: true },
})
const { stock_location } = await call("/admin/stock-locations", {
  name: "Laden", address: { address_1: "Lindenallee 12", country_code: "de", city: "Köln", postal_code: "50668" },
})
const place = stock_location.id
await call(`/admin/stock-locations/${place}/sales-channels`, { add: [web.id, pos.id] })
await call(`/admin/stock-locations/${place}/fulfillment-providers`, { add: ["manual_manual"] })
await call(`/admin/stock-locations/${place}/fulfillment-sets`, { name: "Versand", type: "shipping" })
const located = await call(`/admin/stock-locations/${place}?fields=id,*fulfillment_sets`)
const set = located.stock_location.fulfillment_sets[0].id
const zoned = await call(`/admin/fulfillment-sets/${set}/service-zones`, {
  name: "DE", geo_zones: [{ type: "country", country_code: "de" }],
})
const zone = zoned.fulfillment_set.service_zones[0].id
const { shipping_profile } = await call("/admin/shipping-profiles", { name: "Standard", type: "default" })
const { shipping_option } = await call("/admin/shipping-options", {
  name: "Paket", service_zone_id: zone, shipping_profile_id: shipping_profile.id,
  provider_id: "manual_manual", price_type: "flat",
  type: { label: "Paket", description: "Paket", code: "parcel" },
  prices: [{ currency_code: "eur", amount: 4.9 }],
})

function productOf(title, sku, price, extra) {
  return {
    title, status: "published", shipping_profile_id: shipping_profile.id,
    sales_channels: [{ id: web.id }, { id: pos.id }],
    options: [{ title: "Art", values: ["Standard"] }],
    variants: [{
      title: "Standard", sku, options: { Art: "Standard" }, manage_inventory: true,
      allow_backorder: true, prices: [{ currency_code: "eur", amount: price }], ...extra,
    }],
  }
}

// All in one request, since a Medusa takes a while over each.
async function products(wanted) {
  const { created } = await call("/admin/products/batch", { create: wanted.map((one) => productOf(...one)) })
  return Object.fromEntries(created.map((made) => [made.variants[0].sku, { product: made.id, variant: made.variants[0].id }]))
}

async function stock(quantityOf) {
  const { inventory_items } = await call("/admin/inventory-items?limit=1000&fields=id,sku")
  await call("/admin/inventory-items/location-levels/batch", {
    create: inventory_items.map(({ id, sku }) => ({
      inventory_item_id: id, location_id: place, stocked_quantity: quantityOf(sku),
    })),
  })
}

const names = goodsFile ? readFileSync(goodsFile, "utf8").split("\n").filter(Boolean) : []
// Any price will do, if it is another one for most and the same each time.
const price_of = (name) => (49 + [...name].reduce((sum, c) => (sum * 31 + c.charCodeAt(0)) % 1700, 0)) / 100
const goods = await products([
  ["Tee", "TEE", 19.99, { barcode: "4006381333931" }],
  ["Buch", "BUCH", 21.99],
  ["Geschenkkorb", "KORB", 100],
  // Medusa refuses to sell what it has none of: the poisoned order of the suite.
  ["Vergriffen", "LEER", 5, { allow_backorder: false }],
  ["Sonstiges", "MISC", 1, { manage_inventory: false }],
  ...names.map((name) => [name, name, price_of(name)]),
])
await stock((sku) => (sku === "LEER" ? 0 : 100000))
const { api_key: shop_key } = await call("/admin/api-keys", { title: "Webshop", type: "publishable" })
await call(`/admin/api-keys/${shop_key.id}/sales-channels`, { add: [web.id] })

console.log(JSON.stringify({
  key: api_key.token, publishable: shop_key.token, region: region.id, web_channel: web.id,
  pos_channel: pos.id, location: place, shipping_option: shipping_option.id, goods,
}, null, 1))
