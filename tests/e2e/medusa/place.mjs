// Places an order as a customer of the web shop does: URL SEED EMAIL SKU QUANTITY.
import { readFileSync } from "node:fs"

const [base, seedFile, email, sku, quantity] = process.argv.slice(2)
const seed = JSON.parse(readFileSync(seedFile, "utf8"))

async function call(path, body) {
  const answer = await fetch(base + path, {
    method: body ? "POST" : "GET",
    headers: { "content-type": "application/json", "x-publishable-api-key": seed.publishable },
    body: body && JSON.stringify(body),
  })
  const text = await answer.text()
  if (!answer.ok) throw new Error(`${path}: ${answer.status} ${text}`)
  return JSON.parse(text)
}

const address = {
  first_name: "Marlene", last_name: "Brandt", address_1: "Hauptstr. 1", city: "Berlin",
  postal_code: "10115", country_code: "de",
}
const { cart } = await call("/store/carts", {
  region_id: seed.region, sales_channel_id: seed.web_channel, email,
  shipping_address: address, billing_address: address,
  items: [{ variant_id: seed.goods[sku].variant, quantity: Number(quantity) }],
})
await call(`/store/carts/${cart.id}/shipping-methods`, { option_id: seed.shipping_option })
const { payment_collection } = await call("/store/payment-collections", { cart_id: cart.id })
await call(`/store/payment-collections/${payment_collection.id}/payment-sessions`, { provider_id: "pp_system_default" })
const done = await call(`/store/carts/${cart.id}/complete`, {})
if (done.type !== "order") throw new Error(JSON.stringify(done))
console.log(done.order.id)
