// usage: stub.mjs SCHEMA.json.gz PORT_FILE
// A shop that answers like Shopify's GraphQL Admin API: every document and its
// variables are judged by the published schema; the rules behind are in shop.mjs.
// It listens on a free port of 127.0.0.1 and writes it to PORT_FILE.
//
//   POST /admin/api/VERSION/graphql.json   the API
//   GET  /bulk/N.jsonl                     what a bulk operation found
//   POST /control                          what goes wrong; see `control`
//   POST /place, /catalogue, /change       an online order, products, changes by hand
//   POST /person                           somebody at work: {count} random acts, {seed} begins anew,
//                                          or {act, order} one act; says what was done
//   GET  /state                            orders, stock, counts of requests
//   GET  /accounts                         what both sides must agree on; see Shop.account
import fs from 'node:fs';
import http from 'node:http';
import { execute, parse, validate, valueFromASTUntyped, Kind } from 'graphql';
import { loadSchema } from './schema.mjs';
import { Shop } from './shop.mjs';
import { resolvers } from './resolvers.mjs';
import { busy, acts, seeded, takeOut } from './people.mjs';

const schema = loadSchema(process.argv[2]);
const shop = new Shop();
const { root, bulkLines } = resolvers(shop);
const files = new Map(); // of bulk operations, by path
const documents = new Map(); // text -> {ast, faults}
const requests = {}; // operation -> how often it was executed
let token = 'shpat_stub';
let faults = []; // {operation, how, times}; "*" is any operation
let random = null; // {seed, percent, how: [...]}
let bucket = { maximum: 2000, available: 2000, restore: 100, at: Date.now() };
let injected = 0;
let somebody = seeded(1);
const mustBeIdempotent = new Set(['refundCreate', 'inventoryAdjustQuantities']);

function chance() {
  random.seed = (random.seed * 1103515245 + 12345) % 2147483648;
  return random.seed / 2147483648;
}

function faultFor(operation) {
  const at = faults.findIndex((f) => f.operation === '*' || f.operation === operation);
  if (at >= 0) {
    const fault = faults[at];
    if (fault.times !== undefined && --fault.times <= 0) faults.splice(at, 1);
    return fault.how;
  }
  if (!random || chance() * 100 >= random.percent) return null;
  return random.how[Math.floor(chance() * random.how.length)];
}

// Objects cost 1, a connection as many times as it may answer, a mutation 10.
function costOf(selections, fragments, variables, times = 1) {
  let cost = 0;
  for (const node of selections?.selections ?? []) {
    if (node.kind === Kind.FRAGMENT_SPREAD) cost += costOf(fragments.get(node.name.value).selectionSet, fragments, variables, times);
    if (node.kind !== Kind.FIELD || !node.selectionSet) continue;
    const first = node.arguments.find((a) => a.name.value === 'first');
    const many = first ? Number(valueFromASTUntyped(first.value, variables)) : 1;
    const wraps = ['nodes', 'edges', 'node', 'pageInfo', 'shopMoney'].includes(node.name.value);
    cost += (wraps ? 0 : times * many) + costOf(node.selectionSet, fragments, variables, times * many);
  }
  return cost;
}

function throttle(requested) {
  const now = Date.now();
  bucket.available = Math.min(bucket.maximum, bucket.available + ((now - bucket.at) / 1000) * bucket.restore);
  bucket.at = now;
  const enough = bucket.available >= Math.min(requested, bucket.maximum);
  if (enough) bucket.available -= Math.min(requested, 10); // what was asked for and not used is given back
  return { enough, cost: { requestedQueryCost: requested, actualQueryCost: enough ? requested : null,
    throttleStatus: { maximumAvailable: bucket.maximum, currentlyAvailable: Math.floor(bucket.available), restoreRate: bucket.restore } } };
}

// The key of @idempotent: the same request again has the same answer.
function keyOf(field, variables) {
  const directive = field.directives.find((d) => d.name.value === 'idempotent');
  return directive ? String(valueFromASTUntyped(directive.arguments[0].value, variables)) : null;
}

async function answer({ query, variables = {}, operationName }) {
  if (!documents.has(query)) {
    const ast = parse(query);
    documents.set(query, { ast, faults: validate(schema, ast) });
  }
  const { ast, faults: wrong } = documents.get(query);
  if (wrong.length) return { errors: wrong.map((f) => ({ message: f.message, extensions: { code: 'undefinedField' } })) };

  const fragments = new Map(ast.definitions.filter((d) => d.kind === Kind.FRAGMENT_DEFINITION).map((d) => [d.name.value, d]));
  const operation = ast.definitions.find((d) => d.kind === Kind.OPERATION_DEFINITION);
  const requested = operation.operation === 'mutation' ? 10 : costOf(operation.selectionSet, fragments, variables);
  if (requested > 1000) return { errors: [{ message: `Query cost is ${requested}, which exceeds the single query max cost limit (1000).`, extensions: { code: 'MAX_COST_EXCEEDED' } }] };
  const { enough, cost } = throttle(requested);
  if (!enough) return { errors: [{ message: 'Throttled', extensions: { code: 'THROTTLED' } }], extensions: { cost } };

  const field = operation.selectionSet.selections[0];
  const key = operation.operation === 'mutation' ? keyOf(field, variables) : null;
  if (mustBeIdempotent.has(field.name.value) && !key) {
    return { errors: [{ message: 'The @idempotent directive is required for this mutation.', extensions: { code: 'BAD_REQUEST' } }] };
  }
  const said = JSON.stringify(variables);
  if (key && shop.keys.has(key)) {
    const before = shop.keys.get(key);
    if (before.said === said) return before.result;
    return { data: { [field.alias?.value ?? field.name.value]: { userErrors: [{ field: null, message: 'The idempotency key was used with other parameters.' }] } }, extensions: { cost } };
  }
  requests[operationName] = (requests[operationName] ?? 0) + 1;
  const result = JSON.parse(JSON.stringify(await execute({ schema, document: ast, rootValue: root, variableValues: variables, operationName })));
  result.extensions = { cost };
  if (key && !result.errors) shop.keys.set(key, { said, result });
  return result;
}

function control(wish) {
  if (wish.faults) faults = wish.faults;
  if ('random' in wish) random = wish.random;
  if (wish.token) token = wish.token;
  if (wish.scopes) shop.scopes = wish.scopes;
  if (wish.readings) Object.assign(shop.readings, wish.readings);
  if (wish.bucket) bucket = { ...bucket, ...wish.bucket, at: Date.now() };
  for (const name of ['dormant', 'plus', 'ordersAMinute', 'wrongTotals', 'bulkFails', 'offset', 'currency']) if (name in wish) shop[name] = wish[name];
  return { ok: true };
}

// Changes that somebody makes on Shopify's own pages.
function change(wish) {
  const order = shop.orders.find((o) => o.id === wish.order || o.name === wish.order);
  if (wish.capture) shop.addTransaction(order, 'CAPTURE', shop.total(order), 'shopify_payments', order.transactions.find((t) => t.kind === 'AUTHORIZATION').id);
  if (wish.word) { order.oddWord = wish.word; shop.touch(order); }
  if (wish.touch) shop.touch(order);
  if (wish.close) { order.closedAt = shop.iso(); shop.touch(order); }
  if (wish.takeOut) { const line = order.lines[wish.takeOut.line]; takeOut(shop, order, line, wish.takeOut.pieces); shop.touch(order); }
  if (wish.cancel) shop.cancel(order, true, true);
  if (wish.pay) shop.addTransaction(order, 'SALE', shop.outstanding(order), 'manual');
  if (wish.deleteProduct !== undefined) shop.deleteProduct(shop.products[wish.deleteProduct].id);
  if (wish.price) { const p = shop.products[wish.price.product]; p.own[0].cents = wish.price.cents; p.updatedAt = shop.iso(); }
  if (wish.customer) shop.putCustomer(wish.customer);
  if (wish.stock) shop.changeStock(shop.products[wish.stock.product].own[0], wish.stock.delta);
  return { ok: true };
}

function person(wish) {
  if (wish.seed !== undefined) somebody = seeded(wish.seed);
  if (wish.act) {
    const order = shop.orders.find((o) => o.name === wish.order);
    const did = acts[wish.act](shop, order, somebody);
    if (did) shop.touch(order);
    return { did: did ? [did] : [] };
  }
  return { did: busy(shop, somebody, wish.count ?? 0, wish.orders) };
}

function state() {
  return { orders: shop.summary(), requests, injected, definitions: [...shop.definitions], deleted: shop.deletions.length,
    stock: [...shop.variants.values()].slice(0, 1000).map((v) => ({ id: v.id, sku: v.sku, stock: v.stock })) };
}

async function bodyOf(request) {
  const parts = [];
  for await (const part of request) parts.push(part);
  return parts.length ? JSON.parse(Buffer.concat(parts)) : {};
}
function send(response, status, type, text, headers = {}) {
  response.writeHead(status, { 'content-type': type, 'content-length': Buffer.byteLength(text), ...headers });
  response.end(text);
}
const json = (response, value, status = 200, headers = {}) => send(response, status, 'application/json', JSON.stringify(value), headers);

async function api(request, response) {
  const wish = await bodyOf(request);
  if (request.headers['x-shopify-access-token'] !== token) {
    return json(response, { errors: '[API] Invalid API key or access token (unrecognized login or wrong password)' }, 401);
  }
  const how = faultFor(wish.operationName);
  if (how) ++injected;
  switch (how) {
    case 'drop_before': return request.socket.destroy();
    case 'drop_after': await answer(wish); return request.socket.destroy();
    case '500': return send(response, 500, 'text/html', '<html>Something went wrong</html>');
    case '500_after': await answer(wish); return json(response, { errors: 'Internal Server Error' }, 500);
    case '503': return send(response, 503, 'text/plain', 'unavailable');
    case '503_retry': return send(response, 503, 'text/plain', 'unavailable', { 'retry-after': '1' });
    case '429': return json(response, { errors: 'Exceeded 2 calls per second for api client.' }, 429);
    case '429_retry': return json(response, { errors: 'Too many requests' }, 429, { 'retry-after': '1' });
    case 'throttle': return json(response, { errors: [{ message: 'Throttled', extensions: { code: 'THROTTLED' } }],
      extensions: { cost: { requestedQueryCost: 10, actualQueryCost: null, throttleStatus: { maximumAvailable: 2000, currentlyAvailable: 0, restoreRate: 100 } } } });
    case 'html': return send(response, 200, 'text/html', '<!DOCTYPE html><html><body>Please log in to the network</body></html>');
    case 'half': {
      const text = JSON.stringify(await answer(wish));
      response.writeHead(200, { 'content-type': 'application/json' }); // chunked, and whole as HTTP: only the JSON is cut
      return response.end(text.slice(0, text.length >> 1));
    }
    case 'short': {
      const text = JSON.stringify(await answer(wish));
      response.writeHead(200, { 'content-type': 'application/json', 'content-length': Buffer.byteLength(text) });
      response.write(text.slice(0, text.length >> 1));
      return setImmediate(() => request.socket.destroy());
    }
    case 'huge': {
      response.writeHead(200, { 'content-type': 'application/json' });
      const part = Buffer.alloc(1 << 20, 'x');
      for (let n = 0; n < 200 && !response.destroyed; ++n) if (!response.write(part)) await new Promise((go) => { response.once('drain', go); response.once('close', go); });
      return response.end();
    }
    default: return json(response, await answer(wish));
  }
}

const server = http.createServer(async (request, response) => {
  try {
    const { pathname } = new URL(request.url, 'http://stub');
    if (/^\/admin\/api\/[\w-]+\/graphql\.json$/.test(pathname) && request.method === 'POST') return await api(request, response);
    if (/^\/bulk\/\d+\.jsonl$/.test(pathname)) {
      // What was gathered stays as it is, as the file of a real shop does.
      if (!files.has(pathname)) files.set(pathname, Buffer.from([...bulkLines()].join('\n') + '\n'));
      const text = files.get(pathname);
      const range = /^bytes=(\d+)-(\d+)$/.exec(request.headers.range ?? '');
      if (!range) return send(response, 200, 'application/jsonl', text);
      if (Number(range[1]) >= text.length) return send(response, 416, 'text/plain', '');
      return send(response, 206, 'application/jsonl', text.subarray(Number(range[1]), Number(range[2]) + 1));
    }
    if (pathname === '/control') return json(response, control(await bodyOf(request)));
    if (pathname === '/change') return json(response, change(await bodyOf(request)));
    if (pathname === '/place') { const order = shop.place(await bodyOf(request)); return json(response, { id: order.id, name: order.name }); }
    if (pathname === '/catalogue') { const wish = await bodyOf(request); shop.fillCatalogue(wish.products, wish.variants); return json(response, { products: shop.products.length }); }
    if (pathname === '/person') return json(response, person(await bodyOf(request)));
    if (pathname === '/accounts') return json(response, { orders: shop.orders.map((o) => shop.account(o)),
      stock: [...shop.variants.values()].map((v) => ({ sku: v.sku, stock: v.stock })) });
    if (pathname === '/state') return json(response, state());
    return send(response, 404, 'text/html', '<html>Not found</html>');
  } catch (error) {
    if (!response.headersSent) json(response, { errors: [{ message: String(error.message) }] }, 200);
  }
});
server.keepAliveTimeout = 60_000;
server.listen(0, '127.0.0.1', () => {
  shop.address = `http://127.0.0.1:${server.address().port}`;
  fs.writeFileSync(process.argv[3] + '.part', String(server.address().port));
  fs.renameSync(process.argv[3] + '.part', process.argv[3]);
  console.log(shop.address);
});
