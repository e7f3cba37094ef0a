// usage: probe.mjs PORT OPERATIONS.cpp
// Sends each document of ours to the stub with variables of a real order, and
// looks that it is answered and costs less than the 1,000 points that Shopify
// allows one query. A line for each.
import { operationsOf } from './schema.mjs';

const base = `http://127.0.0.1:${process.argv[2]}`;
const texts = Object.fromEntries(operationsOf(process.argv[3]).map((o) => [o.name, o.text]));
const post = (path, body, headers = {}) => fetch(base + path, { method: 'POST', body: JSON.stringify(body), headers }).then((r) => r.json());
const open = new Set(Object.keys(texts));

async function ask(operationName, variables = {}) {
  open.delete(operationName);
  const answer = await post('/admin/api/2026-07/graphql.json', { query: texts[operationName], operationName, variables }, { 'x-shopify-access-token': 'shpat_stub' });
  const refused = answer.data?.did?.userErrors?.[0]?.message;
  const fault = answer.errors?.[0]?.message ?? refused;
  console.log(fault ? `FAILS ${operationName} ${fault}` : `answered ${operationName} ${answer.extensions.cost.requestedQueryCost}`);
  return answer.data;
}
const money = (amount) => ({ shopMoney: { amount, currencyCode: 'EUR' } });

await post('/control', { bucket: { maximum: 1e6, available: 1e6 }, plus: true });
await post('/catalogue', { products: 30, variants: 12 });
await post('/place', { payment: 'authorized', delivery: 'pickup', lines: 12 });
const shop = await ask('SetUp');
const location = shop.locations.nodes[0].id;
await ask('Scopes');
await ask('DefineOrderId', { definition: { name: 'x', namespace: 'tresen', key: 'order_id', type: 'id', ownerType: 'ORDER' } });
const since = { query: "updated_at:>='2026-01-01T00:00:00Z'", location };
const placed = (await ask('PullOrders', { query: since.query })).pulled.nodes[0];
const id = placed.id;
await ask('OrderById', { id });
await ask('SentGoods', { id });
await ask('OrderLines', { id, after: placed.lineItems.pageInfo.endCursor });
const parcel = (await ask('FulfilmentOrders', { id })).order.fulfillmentOrders.nodes[0];
await ask('Capture', { input: { id, parentTransactionId: placed.transactions[0].id, amount: '10.00', currency: 'EUR' } });
await ask('VoidAuthorization', { parent: placed.transactions[0].id });
await ask('PayPart', { id, amount: { amount: '5.00', currencyCode: 'EUR' }, method: 'cash', at: '2026-11-25T10:00:00Z' });
await ask('PayRest', { id });
await ask('PreparePickup', { input: { lineItemsByFulfillmentOrder: [{ fulfillmentOrderId: parcel.id }] } });
await ask('Fulfil', { fulfillment: { lineItemsByFulfillmentOrder: [{ fulfillmentOrderId: parcel.id,
  fulfillmentOrderLineItems: [{ id: parcel.lineItems.nodes[0].id, quantity: 1 }] }], trackingInfo: { number: 'JD1', company: 'DHL' } } });
await ask('Refund', { key: 'k1', input: { orderId: id, note: 'x', refundLineItems: [{ lineItemId: placed.lineItems.nodes[0].id, quantity: 1, restockType: 'RETURN', locationId: location }] } });
await ask('Archive', { id });
await ask('Unarchive', { id });
await ask('Cancel', { id, reason: 'OTHER', restock: true, note: 'x', refund: { originalPaymentMethodsRefund: false } });
const own = { namespace: 'tresen', key: 'order_id', value: '019a0000-0000-7000-8000-000000000001' };
await ask('CreateOrder', { order: { currency: 'EUR', lineItems: [{ title: 'Brot', quantity: 1, priceSet: money('2.00') }], metafields: [{ ...own, type: 'id' }] } });
await ask('OrderByOurId', { id: own });
const product = (await ask('PullProducts', since)).pulled.nodes[0];
await ask('PullVariantsOf', { id: product.id, location, after: product.variants.pageInfo.endCursor });
await ask('PullStock', since);
await ask('AdjustStock', { key: 'k2', input: { reason: 'correction', name: 'available',
  changes: [{ delta: 1, inventoryItemId: product.variants.nodes[0].inventoryItem.id, locationId: location }] } });
await ask('PullDeleted', { query: "occurred_at:>='2026-01-01T00:00:00Z'" });
await ask('PullCustomers', { query: since.query });
const bulk = await ask('StartBulk', { query: texts.BulkCatalogue.replace('LOCATION', location) });
await ask('PollBulk', { id: bulk.did.bulkOperation.id });
open.delete('BulkCatalogue');
for (const name of open) console.log(`FAILS ${name} is never asked`);
