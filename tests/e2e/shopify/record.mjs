// usage: record.mjs PORT OPERATIONS.cpp ORDERS SEED [READINGS]
// Lets somebody work on the orders of a fresh stub and prints what a pull is answered
// then, each order beside the account that both sides must agree on: the recording that
// tests/data/shopify-people.json holds was made so, with ORDERS 10 for each of the seeds
// and readings that stand in it.
import { operationsOf } from './schema.mjs';

const [port, operations, count, seed, readings = '{}'] = process.argv.slice(2);
const base = `http://127.0.0.1:${port}`;
const text = operationsOf(operations).find((o) => o.name === 'PullOrders').text;
const post = (path, body, headers = {}) => fetch(base + path, { method: 'POST', body: JSON.stringify(body), headers }).then((r) => r.json());

await post('/control', { bucket: { maximum: 1e6, available: 1e6 }, readings: JSON.parse(readings) });
await post('/catalogue', { products: 3 });
for (let n = 0; n < Number(count); ++n) {
  await post('/place', { payment: ['paid', 'authorized', 'pending', 'paid'][n % 4], lines: 1 + (n % 3), pieces: 1 + (n % 4), delivery: ['shipping', 'shipping', 'pickup'][n % 3] });
}
await post('/person', { seed: Number(seed), count: Number(count) * 9 });
const nodes = [];
for (let after = null; ;) {
  const answer = await post('/admin/api/2026-07/graphql.json', { query: text, operationName: 'PullOrders', variables: { query: "updated_at:>='2000-01-01T00:00:00Z' status:any", after } },
    { 'x-shopify-access-token': 'shpat_stub' });
  const page = answer.data.pulled;
  nodes.push(...page.nodes);
  if (!page.pageInfo.hasNextPage) break;
  after = page.pageInfo.endCursor;
}
const { orders } = await (await fetch(`${base}/accounts`)).json();
for (const order of nodes) console.log(JSON.stringify({ readings: JSON.parse(readings), order, account: orders.find((o) => o.name === order.name) }));
