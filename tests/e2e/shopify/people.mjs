// What a person does to orders on Shopify's own pages, as its documentation says it can
// be done: each act tries one order and says what it did, or nothing where it cannot be.
// `pick(n)`: a number below n; a seeded one makes a seeded person.

export function seeded(seed) {
  let state = seed >>> 0 || 1;
  return (n) => {
    // xorshift32
    state ^= state << 13; state >>>= 0;
    state ^= state >>> 17;
    state ^= state << 5; state >>>= 0;
    return state % n;
  };
}

const one = (list, pick) => list[pick(list.length)];
const isOpen = (order) => !order.cancelledAt;
const isEditable = (order) => isOpen(order) && !order.closedAt;

function addToParcel(shop, order, line, quantity) {
  const open = order.parcels.find((p) => p.status === 'OPEN');
  const item = open?.items.find((i) => i.line === line);
  if (item) item.remaining += quantity;
  else if (open) open.items.push({ id: shop.id('FulfillmentOrderLineItem'), line, remaining: quantity });
  else order.parcels.push({ id: shop.id('FulfillmentOrder'), status: 'OPEN', method: 'SHIPPING', items: [{ id: shop.id('FulfillmentOrderLineItem'), line, remaining: quantity }] });
}

function addGoods(shop, order, { variant = null, title, cents, quantity, off = 0 }) {
  const tax = Math.round(((cents - off) * quantity * 19) / (order.taxesIncluded ? 119 : 100));
  shop.addLine(order, { title: variant?.product.title ?? title, sku: variant?.sku ?? null, variant, quantity, cents, off,
    requiresShipping: true, tax, taxes: [{ title: 'USt', rate: '0.19', cents: tax }] });
  const line = order.lines.at(-1);
  addToParcel(shop, order, line, quantity);
  if (variant) shop.changeStock(variant, -quantity);
  return line;
}

// --- order edits: of what has not been fulfilled ---
function addVariant(shop, order, pick) {
  if (!isEditable(order) || shop.variants.size === 0) return null;
  const variant = one([...shop.variants.values()], pick), quantity = 1 + pick(3);
  addGoods(shop, order, { variant, cents: variant.cents, quantity });
  return `adds ${quantity} x ${variant.sku}`;
}
function addCustomItem(shop, order, pick) {
  if (!isEditable(order)) return null;
  const cents = 100 + pick(3000), off = pick(2) * pick(100);
  addGoods(shop, order, { title: 'Geschenkpapier', cents, off, quantity: 1 + pick(2) });
  return `adds a custom item at ${cents - off}`;
}
export function takeOut(shop, order, line, pieces) {
  line.removed += pieces;
  shop.withdraw(order, line, pieces);
}
function changeQuantity(shop, order, pick) {
  if (!isEditable(order)) return null;
  const lines = order.lines.filter((l) => shop.unfulfilled(l) > 0 && shop.current(l) > 0);
  if (lines.length === 0) return null;
  const line = one(lines, pick);
  if (pick(3) === 0) {
    line.tax = Math.round((line.tax * (line.quantity + 1)) / line.quantity);
    line.quantity += 1;
    addToParcel(shop, order, line, 1);
    if (line.variant) shop.changeStock(line.variant, -1);
    return `one more of ${line.title}`;
  }
  const gone = 1 + pick(Math.min(shop.unfulfilled(line), shop.current(line)));
  takeOut(shop, order, line, gone);
  if (line.variant && pick(2)) shop.changeStock(line.variant, gone);
  return `takes ${gone} of ${line.title} out`;
}

function addShipping(shop, order, pick) {
  if (!isEditable(order) || order.shipping.length > 2) return null;
  const cents = 100 + pick(900), tax = Math.round((cents * 19) / (order.taxesIncluded ? 119 : 100));
  order.shipping.push({ title: 'Express', cents, tax, taxes: [{ title: 'USt', rate: '0.19', cents: tax }] });
  return `adds shipping at ${cents}`;
}

// --- refunds ---
function payBack(shop, order, cents) {
  const money = [];
  for (const left of shop.moneyLeft(order)) {
    const now = Math.min(cents, left.cents);
    if (now > 0) money.push({ parent: left.parent, cents: now });
    cents -= now;
  }
  return money;
}
function refundAmount(shop, order, pick) {
  const most = shop.net(order);
  if (most <= 0) return null;
  const cents = pick(3) === 0 ? most : 1 + pick(most);
  shop.refund(order, { note: one(['Kratzer', 'Kulanz', ''], pick), money: payBack(shop, order, cents) });
  return `gives ${cents} back`;
}
function refundGoods(shop, order, pick) {
  if (!isOpen(order)) return null;
  const lines = [];
  for (const line of order.lines) {
    const inside = Math.min(shop.unfulfilled(line), shop.current(line));
    const outside = Math.min(shop.outside(line) - shop.onTheWayBack(order, line), shop.current(line));
    if (inside > 0 && pick(2)) lines.push({ line, quantity: 1 + pick(inside), type: 'CANCEL' });
    else if (outside > 0 && pick(2)) lines.push({ line, quantity: 1 + pick(outside), type: one(['RETURN', 'NO_RESTOCK'], pick) });
  }
  if (lines.length === 0) return null;
  const shipping = pick(3) === 0 ? shop.currentShipping(order) : 0;
  const worth = lines.reduce((sum, l) => sum + shop.worth(order, l.line, l.quantity), shipping);
  const most = Math.min(worth, shop.net(order));
  const cents = pick(4) === 0 ? pick(most + 1) : most;
  shop.refund(order, { note: 'Rückgabe', lines, shipping, money: payBack(shop, order, cents) });
  return `refunds ${lines.map((l) => `${l.quantity} ${l.type}`).join(', ')} for ${cents}`;
}

// --- returns and exchanges ---
function announceReturn(shop, order, pick) {
  if (!isOpen(order)) return null;
  const lines = order.lines.filter((l) => Math.min(shop.outside(l), shop.current(l)) - shop.onTheWayBack(order, l) > 0);
  if (lines.length === 0) return null;
  const line = one(lines, pick);
  const quantity = 1 + pick(Math.min(shop.outside(line), shop.current(line)) - shop.onTheWayBack(order, line));
  const exchanged = pick(3) === 0 && shop.variants.size > 0 ? one([...shop.variants.values()], pick) : null;
  order.returns.push({ id: shop.id('Return'), name: `${order.name}-R${order.returns.length + 1}`, status: one(['OPEN', 'OPEN', 'REQUESTED'], pick), exchanged,
    items: [{ id: shop.id('ReturnLineItem'), line, quantity, refunded: 0 }] });
  order.closedAt = null; // a return opens an archived order again
  shop.touch(order);
  return `announces ${quantity} of ${line.title}${exchanged ? ' for another' : ''}`;
}
function receiveReturn(shop, order, pick) {
  const open = order.returns.filter((r) => r.status === 'OPEN');
  if (!isOpen(order) || open.length === 0) return null;
  const back = one(open, pick), item = back.items[0];
  const quantity = Math.min(1 + pick(item.quantity - item.refunded), shop.current(item.line), shop.outside(item.line));
  if (quantity <= 0) return null;
  const money = pick(4) === 0 ? 0 : Math.min(shop.worth(order, item.line, quantity), shop.net(order));
  shop.refund(order, { note: back.name, of: back, lines: [{ line: item.line, quantity, type: pick(4) === 0 ? 'NO_RESTOCK' : 'RETURN' }], money: payBack(shop, order, money) });
  item.refunded += quantity;
  if (item.refunded === item.quantity) back.status = 'CLOSED';
  if (back.exchanged) {
    addGoods(shop, order, { variant: back.exchanged, cents: back.exchanged.cents, quantity: 1 });
    back.exchanged = null;
  }
  return `receives ${quantity} of ${back.name}`;
}
function endReturn(shop, order, pick) {
  const going = order.returns.filter((r) => r.status === 'OPEN' || r.status === 'REQUESTED');
  if (going.length === 0) return null;
  const back = one(going, pick);
  back.status = back.status === 'REQUESTED' ? one(['OPEN', 'DECLINED'], pick) : back.items[0].refunded > 0 ? 'CLOSED' : one(['CANCELED', 'CLOSED'], pick);
  shop.touch(order);
  return `${back.name} is ${back.status}`;
}

// --- goods ---
function fulfil(shop, order, pick) {
  if (!isOpen(order)) return null;
  const parcel = order.parcels.find((p) => p.status === 'OPEN' && p.items.some((i) => i.remaining > 0));
  if (!parcel) return null;
  const whole = pick(2) === 0;
  const items = parcel.items.filter((i) => i.remaining > 0 && (whole || pick(2))).map((item) => ({ item, quantity: whole ? item.remaining : 1 + pick(item.remaining) }));
  if (items.length === 0) return null;
  const numbers = Array.from({ length: pick(3) }, () => `SH${shop.next++}`);
  shop.ship(order, parcel, items, { company: 'DHL', numbers });
  return `sends ${items.reduce((sum, i) => sum + i.quantity, 0)} as ${numbers.join('+') || 'a parcel'}`;
}
function cancelFulfilment(shop, order, pick) {
  // What came back of it already keeps it.
  const sent = order.fulfillments.filter((f) => f.status === 'SUCCESS' && f.items.every(({ line, quantity }) => Math.min(shop.outside(line), shop.current(line)) - shop.onTheWayBack(order, line) >= quantity));
  if (!isEditable(order) || sent.length === 0) return null;
  shop.cancelFulfillment(order, one(sent, pick));
  return 'cancels a fulfilment';
}
function retrack(shop, order, pick) {
  const sent = order.fulfillments.filter((f) => f.status === 'SUCCESS');
  if (sent.length === 0) return null;
  one(sent, pick).tracking = { company: 'UPS', numbers: [`UP${shop.next++}`] };
  shop.touch(order);
  return 'changes a tracking number';
}

// What is on hold is not sent before it is released.
function hold(shop, order, pick) {
  const open = order.parcels.filter((p) => p.status === 'OPEN' && p.items.some((i) => i.remaining > 0));
  if (!isOpen(order) || open.length === 0) return null;
  one(open, pick).status = 'ON_HOLD';
  return 'holds a parcel';
}
function release(shop, order) {
  const held = order.parcels.find((p) => p.status === 'ON_HOLD');
  if (!held) return null;
  held.status = 'OPEN';
  return 'releases a parcel';
}

// --- money and the rest ---
function capture(shop, order) {
  const held = order.transactions.find((t) => t.kind === 'AUTHORIZATION' && shop.capturableOf(order, t) > 0);
  if (!isOpen(order) || !held || order.transactions.some((t) => t.parent === held.id)) return null;
  const cents = Math.min(shop.capturableOf(order, held), Math.max(0, shop.owed(order)));
  if (cents === 0) return null;
  shop.addTransaction(order, 'CAPTURE', cents, held.gateway, held.id);
  return `captures ${cents}`;
}
function markPaid(shop, order) {
  if (!isOpen(order) || shop.owed(order) <= 0 || shop.capturable(order) > 0) return null;
  const cents = shop.owed(order);
  shop.addTransaction(order, 'SALE', cents, 'manual');
  return `marks ${cents} as paid`;
}
function archive(shop, order) {
  if (order.closedAt) return null;
  order.closedAt = shop.iso();
  shop.touch(order);
  return 'archives';
}
function reopen(shop, order) {
  if (!order.closedAt || order.cancelledAt) return null;
  order.closedAt = null;
  shop.touch(order);
  return 'opens again';
}
function cancel(shop, order, pick) {
  if (order.cancelledAt || pick(4) || order.fulfillments.some((f) => f.status === 'SUCCESS')) return null;
  const money = pick(2) === 0;
  shop.cancel(order, pick(2) === 0, money);
  return money ? 'cancels and gives all back' : 'cancels';
}
function note(shop, order, pick) {
  order.note = one(['Bitte klingeln', 'Geschenk: Alles Gute, Oma!', ''], pick);
  shop.touch(order);
  return 'writes a note';
}

export const acts = { addVariant, addCustomItem, changeQuantity, addShipping, refundAmount, refundGoods, announceReturn, receiveReturn, endReturn, fulfil, cancelFulfilment, retrack, hold, release, capture, markPaid, archive, reopen, cancel, note };

// Does `count` things to orders of customers, and says which. `names`: to these only.
export function busy(shop, pick, count, names = null) {
  const done = [];
  const orders = shop.orders.filter((o) => !o.ownId && (!names || names.includes(o.name)));
  for (let tries = 0; orders.length > 0 && done.length < count && tries < count * 20; ++tries) {
    const order = one(orders, pick), [name, act] = one(Object.entries(acts), pick);
    const what = act(shop, order, pick);
    if (what) { shop.touch(order); done.push(`${order.name} ${name}: ${what}`); }
  }
  return done;
}
