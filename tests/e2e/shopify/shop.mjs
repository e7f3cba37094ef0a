// The shop behind the stub: what it keeps, and the rules by which it changes.
// The rules are ours, made after Shopify's documents; they prove nothing about
// Shopify itself. Amounts are whole cents.
import { GraphQLError } from 'graphql';

const DAY = 86_400_000;
const gid = (type, n) => `gid://shopify/${type}/${n}`;
const digitsOf = (currency) => (currency === 'JPY' ? 0 : 2);

export class Shop {
  constructor() {
    this.currency = 'EUR';
    this.plus = false;
    this.dormant = false;
    this.ordersAMinute = 0; // 0: no limit
    this.scopes = ['read_orders', 'write_orders', 'read_products', 'read_inventory', 'write_inventory', 'read_locations',
      'read_customers', 'write_customers', 'read_merchant_managed_fulfillment_orders', 'write_merchant_managed_fulfillment_orders'];
    this.orders = [];
    this.byOwnId = new Map(); // the unique metafield
    this.definitions = new Set();
    this.products = [];
    this.variants = new Map();
    this.customers = [];
    this.deletions = [];
    this.bulks = new Map();
    this.keys = new Map(); // of @idempotent
    this.created = []; // times of orderCreate
    this.next = 1000;
    this.offset = 0; // of the clock, in milliseconds
    this.location = gid('Location', 1);
    // Where Shopify's documents leave it open, a run can be made each way.
    this.readings = { authorizedIsTransacted: false, adjustmentsLowerTheTotal: true, returnsCountAtOnce: false };
  }

  now() { return Date.now() + this.offset; }
  iso(time = this.now()) { return new Date(time).toISOString().replace(/\.\d+Z$/, 'Z'); }
  id(type) { return gid(type, ++this.next); }

  // --- amounts ---
  cents(text) {
    const match = /^(-?)(\d+)(?:\.(\d+))?$/.exec(String(text));
    if (!match) throw new GraphQLError(`Variable has an invalid amount: ${text}`, { extensions: { code: 'INVALID_VARIABLE' } });
    const digits = digitsOf(this.currency);
    const fraction = (match[3] ?? '').padEnd(digits, '0');
    if (/[1-9]/.test(fraction.slice(digits))) throw new GraphQLError(`Too many decimals: ${text}`, { extensions: { code: 'INVALID_VARIABLE' } });
    return Number(match[1] + match[2] + fraction.slice(0, digits));
  }
  text(cents) {
    const digits = digitsOf(this.currency);
    if (digits === 0) return `${cents}.0`;
    const size = String(Math.abs(cents)).padStart(digits + 1, '0');
    const text = `${cents < 0 ? '-' : ''}${size.slice(0, -digits)}.${size.slice(-digits)}`;
    return text.endsWith('0') ? text.slice(0, -1) : text; // "17.9", as Shopify writes it
  }
  bag(cents) {
    const money = { amount: this.text(cents), currencyCode: this.currency };
    return { shopMoney: money, presentmentMoney: money };
  }
  bagCents(bag) { return this.cents(bag.shopMoney.amount); }

  // --- customers ---
  putCustomer({ firstName, lastName, email, locale = 'de' }) {
    const known = this.customers.find((c) => c.defaultEmailAddress?.emailAddress === email);
    const customer = known ?? { id: this.id('Customer'), defaultEmailAddress: email ? { emailAddress: email } : null };
    Object.assign(customer, { firstName, lastName, locale, updatedAt: this.iso() });
    if (!known) this.customers.push(customer);
  }

  // --- catalogue ---
  fillCatalogue(count, perProduct = 2) {
    for (let i = 0; i < count; ++i) this.addProduct(`Produkt ${this.products.length + 1}`, perProduct, 199 + i);
  }
  addProduct(title, variants, cents, stock = 50) {
    const product = { id: this.id('Product'), handle: title.toLowerCase().replace(/[^a-z0-9]+/g, '-'), title, status: 'ACTIVE',
      productType: 'Lebensmittel', isGiftCard: false, updatedAt: this.iso(), own: [] };
    for (let n = 0; n < variants; ++n) {
      const variant = { id: this.id('ProductVariant'), title: variants === 1 ? 'Default Title' : `Größe ${n + 1}`,
        sku: `S-${this.next}`, barcode: String(4_000_000_000_000 + this.next * 10), cents: cents + n * 100, compareAtPrice: null,
        taxable: true, updatedAt: this.iso(), stock, item: this.id('InventoryItem'), stockChanged: this.iso(), product };
      product.own.push(variant);
      this.variants.set(variant.id, variant);
    }
    this.products.push(product);
    return product;
  }
  deleteProduct(id) {
    const at = this.products.findIndex((product) => product.id === id);
    for (const variant of this.products[at].own) this.variants.delete(variant.id);
    this.products.splice(at, 1);
    this.deletions.push({ occurredAt: this.iso(), subjectId: id, subjectType: 'PRODUCT' });
  }
  changeStock(variant, delta) {
    variant.stock += delta;
    variant.stockChanged = this.iso();
  }

  // --- orders ---
  touch(order) { order.updated = this.now(); }

  newOrder(fields) {
    const order = { id: this.id('Order'), name: `#${1000 + this.orders.length + 1}`, created: this.now(), updated: this.now(), lines: [],
      shipping: [], discount: 0, transactions: [], refunds: [], returns: [], fulfillments: [], parcels: [], shippingRefunded: 0, adjustments: 0,
      closedAt: null, cancelledAt: null,
      taxesIncluded: true, test: false, tags: [], note: null, email: null, sourceName: 'web', sourceIdentifier: null, customer: null,
      shippingAddress: null, customerLocale: 'de', ...fields };
    this.orders.push(order);
    return order;
  }

  // "Before returns", and of all units that ever were ordered.
  total(order) {
    let sum = -order.discount;
    for (const line of order.lines) sum += this.worth(order, line, line.quantity);
    for (const line of order.shipping) sum += line.cents + (order.taxesIncluded ? 0 : line.tax);
    return sum;
  }
  // So many pieces of a line after its discount, with the tax that is not in it.
  worth(order, line, quantity) {
    const tax = order.taxesIncluded || line.quantity === 0 ? 0 : Math.round((line.tax * quantity) / line.quantity);
    return (line.cents - (line.off ?? 0)) * quantity + tax;
  }
  // Units that were neither taken out by an edit nor refunded.
  current(line) { return line.quantity - line.removed - line.refunded; }
  unfulfilled(line) { return line.quantity - line.removed - line.cancelled - line.fulfilled; }
  // Left, and neither returned nor refunded.
  outside(line) { return line.fulfilled - (line.refunded - line.cancelled - line.refundedInside); }
  onTheWayBack(order, line) {
    return order.returns.filter((r) => r.status === 'OPEN').flatMap((r) => r.items)
      .filter((item) => item.line === line).reduce((sum, item) => sum + item.quantity - item.refunded, 0);
  }
  currentShipping(order) {
    return order.shipping.reduce((sum, s) => sum + s.cents + (order.taxesIncluded ? 0 : s.tax), 0) - order.shippingRefunded;
  }
  // What the order costs by now. A refund that is more or less than what it is for is
  // settled by an adjustment.
  balanced(order) {
    let sum = this.currentShipping(order) - order.discount - order.adjustments;
    for (const line of order.lines) {
      sum += this.worth(order, line, this.current(line));
      if (this.readings.returnsCountAtOnce) sum -= this.worth(order, line, this.onTheWayBack(order, line));
    }
    return sum;
  }
  currentTotal(order) { return this.balanced(order) + (this.readings.adjustmentsLowerTheTotal ? 0 : order.adjustments); }
  net(order) { return this.received(order) - this.sum(order, 'REFUND'); }
  sum(order, ...kinds) {
    return order.transactions.filter((t) => kinds.includes(t.kind) && t.status === 'SUCCESS').reduce((sum, t) => sum + t.cents, 0);
  }
  received(order) { return this.sum(order, 'SALE', 'CAPTURE'); }
  owed(order) { return this.balanced(order) - this.net(order); }
  capturable(order) {
    return order.transactions.filter((t) => t.kind === 'AUTHORIZATION').reduce((sum, t) => sum + this.capturableOf(order, t), 0);
  }
  // "Not yet transacted"; below zero in the customer's favour.
  outstanding(order) {
    return this.owed(order) - (this.readings.authorizedIsTransacted ? Math.min(this.capturable(order), Math.max(0, this.owed(order))) : 0);
  }
  capturableOf(order, authorization) {
    const children = order.transactions.filter((t) => t.parent === authorization.id && t.status === 'SUCCESS');
    if (children.some((t) => t.kind === 'VOID')) return 0;
    return authorization.cents - children.filter((t) => t.kind === 'CAPTURE').reduce((sum, t) => sum + t.cents, 0);
  }
  financial(order) {
    const received = this.received(order), refunded = this.sum(order, 'REFUND');
    if (refunded > 0) return refunded >= received ? 'REFUNDED' : 'PARTIALLY_REFUNDED';
    if (received >= this.balanced(order)) return 'PAID';
    if (received > 0) return 'PARTIALLY_PAID';
    const held = order.transactions.filter((t) => t.kind === 'AUTHORIZATION');
    if (held.some((t) => this.capturableOf(order, t) > 0)) return 'AUTHORIZED';
    return held.length > 0 ? 'VOIDED' : 'PENDING';
  }
  fulfilment(order) {
    const left = order.lines.reduce((sum, line) => sum + this.unfulfilled(line), 0);
    const gone = order.lines.reduce((sum, line) => sum + line.fulfilled, 0);
    if (left === 0) return gone > 0 || order.lines.length === 0 ? 'FULFILLED' : 'UNFULFILLED';
    if (order.parcels.some((p) => p.status === 'ON_HOLD')) return 'ON_HOLD';
    return gone === 0 ? 'UNFULFILLED' : 'PARTIALLY_FULFILLED';
  }

  addTransaction(order, kind, cents, gateway, parent = null) {
    const transaction = { id: this.id('OrderTransaction'), kind, status: 'SUCCESS', cents, gateway, parent, processedAt: this.iso() };
    order.transactions.push(transaction);
    this.touch(order);
    return transaction;
  }
  addLine(order, line) {
    order.lines.push({ id: this.id('LineItem'), sku: null, title: '', properties: [], taxes: [], tax: 0, requiresShipping: false, giftCard: false,
      variant: null, removed: 0, fulfilled: 0, refunded: 0, cancelled: 0, refundedInside: 0, returned: 0, ...line });
  }
  addParcel(order, method, status = 'OPEN') {
    order.parcels.push({ id: this.id('FulfillmentOrder'), status, method,
      items: order.lines.map((line) => ({ id: this.id('FulfillmentOrderLineItem'), line, remaining: this.unfulfilled(line) })) });
  }
  ship(order, parcel, items, tracking = {}) {
    for (const { item, quantity } of items) {
      item.remaining -= quantity;
      item.line.fulfilled += quantity;
    }
    if (parcel.items.every((item) => item.remaining === 0)) parcel.status = 'CLOSED';
    const fulfillment = { id: this.id('Fulfillment'), status: 'SUCCESS', tracking, order, parcel, createdAt: this.iso(),
      items: items.map(({ item, quantity }) => ({ line: item.line, quantity })) };
    order.fulfillments.push(fulfillment);
    this.touch(order);
    return fulfillment;
  }

  // A cancelled fulfilment's units wait in a parcel again.
  cancelFulfillment(order, fulfillment) {
    fulfillment.status = 'CANCELLED';
    const items = fulfillment.items.map(({ line, quantity }) => {
      line.fulfilled -= quantity;
      return { id: this.id('FulfillmentOrderLineItem'), line, remaining: quantity };
    });
    order.parcels.push({ id: this.id('FulfillmentOrder'), status: 'OPEN', method: fulfillment.parcel.method, items });
    this.touch(order);
  }
  // Units that will not be fulfilled any more leave the parcels that wait.
  withdraw(order, line, quantity) {
    for (const parcel of order.parcels) {
      for (const item of parcel.items) {
        const now = item.line === line ? Math.min(quantity, item.remaining) : 0;
        item.remaining -= now;
        quantity -= now;
      }
      if (parcel.status !== 'CLOSED' && parcel.items.every((item) => item.remaining === 0)) parcel.status = 'CLOSED';
    }
  }

  // lines: {line, quantity, type}; money: {parent, cents}; shipping in cents. `of`: a return.
  refund(order, { note = null, lines = [], money = [], shipping = 0, of = null }) {
    let worth = shipping;
    const told = lines.map(({ line, quantity, type }) => {
      const cents = this.worth(order, line, quantity);
      const outside = Math.min(quantity, this.outside(line));
      worth += cents;
      line.refunded += quantity;
      if (type === 'CANCEL') { line.cancelled += quantity; this.withdraw(order, line, quantity); }
      if (type === 'RETURN') line.returned += quantity;
      if (type === 'NO_RESTOCK') line.refundedInside += quantity - outside;
      if (type !== 'NO_RESTOCK' && line.variant) this.changeStock(line.variant, quantity);
      const tax = order.taxesIncluded ? 0 : cents - (line.cents - (line.off ?? 0)) * quantity;
      return { lineItemId: line.id, quantity, restockType: type, cents, tax };
    });
    order.shippingRefunded += shipping;
    const paid = money.reduce((sum, m) => sum + m.cents, 0);
    // Less than what it is for is a discrepancy; more settles what the customer was owed anyway.
    const overpaid = Math.max(0, -this.owed(order)), due = Math.min(worth, overpaid);
    order.adjustments += paid < due ? paid - due : paid - due - Math.min(paid - due, overpaid - due);
    const transactions = money.filter((m) => m.cents > 0).map(({ parent, cents }) =>
      this.addTransaction(order, 'REFUND', cents, order.transactions.find((t) => t.id === parent).gateway, parent));
    const made = { id: this.id('Refund'), note, cents: paid, createdAt: this.iso(), lines: told, transactions, of };
    order.refunds.push(made);
    this.touch(order);
    return made;
  }

  // What is still to be sent is not; authorizations lapse; money goes back only when it is asked for.
  cancel(order, restock, money) {
    for (const held of order.transactions.filter((t) => t.kind === 'AUTHORIZATION' && this.capturableOf(order, t) > 0)) {
      this.addTransaction(order, 'VOID', this.capturableOf(order, held), held.gateway, held.id);
    }
    const lines = order.lines.map((line) => ({ line, quantity: Math.min(this.unfulfilled(line), this.current(line)), type: restock ? 'CANCEL' : 'NO_RESTOCK' })).filter((l) => l.quantity > 0);
    if (money) this.refund(order, { lines, shipping: this.currentShipping(order), money: this.moneyLeft(order) });
    order.cancelledAt = order.closedAt = this.iso();
    if (!money && restock) for (const { line, quantity } of lines) if (line.variant) this.changeStock(line.variant, quantity);
    for (const parcel of order.parcels) parcel.status = 'CANCELLED';
    this.touch(order);
  }
  // What each payment has left to be given back.
  moneyLeft(order) {
    return order.transactions.filter((t) => ['SALE', 'CAPTURE'].includes(t.kind) && t.status === 'SUCCESS').map((t) => ({ parent: t.id,
      cents: t.cents - order.transactions.filter((r) => r.kind === 'REFUND' && r.parent === t.id).reduce((sum, r) => sum + r.cents, 0) })).filter((m) => m.cents > 0);
  }

  // An order of the online shop. `what`: {payment, delivery, lines, email, minutesAgo, taxesIncluded},
  // and `known`: its lines are articles of the catalogue.
  place(what = {}) {
    const { payment = 'paid', delivery = 'shipping', pieces = 2, cents = 1999, email = 'kunde@example.com' } = what;
    const created = this.now() - (what.minutesAgo ?? 0) * 60_000;
    const order = this.newOrder({ created, updated: created, email, customer: { displayName: 'Anna Kunde', email },
      note: what.note ?? null, taxesIncluded: what.taxesIncluded ?? true, shippingAddress: delivery === 'shipping' ? { name: 'Anna Kunde', company: null, address1: 'Hauptstr. 1',
        address2: null, zip: '50667', city: 'Köln', province: null, countryCodeV2: 'DE', phone: null } : null });
    for (let n = 0; n < (what.lines ?? 1); ++n) {
      const tax = Math.round((cents * pieces * 19) / (order.taxesIncluded ? 119 : 100));
      const variant = what.known ? [...this.variants.values()][n % this.variants.size] : null;
      if (variant) this.changeStock(variant, -pieces);
      this.addLine(order, { title: variant?.product.title ?? `Ware ${n + 1}`, sku: variant?.sku ?? `W-${n + 1}`, variant, quantity: pieces, cents,
        requiresShipping: delivery === 'shipping', tax, taxes: [{ title: 'USt', rate: '0.19', cents: tax }] });
    }
    if (delivery === 'shipping') {
      const tax = order.taxesIncluded ? 78 : 93;
      order.shipping.push({ title: 'DHL Paket', cents: 490, tax, taxes: [{ title: 'USt', rate: '0.19', cents: tax }] });
    }
    this.addParcel(order, { shipping: 'SHIPPING', pickup: 'PICK_UP', digital: 'NONE' }[delivery], what.hold ? 'ON_HOLD' : 'OPEN');
    if (payment === 'paid') this.addTransaction(order, 'SALE', this.total(order), 'shopify_payments');
    if (payment === 'authorized') this.addTransaction(order, 'AUTHORIZATION', this.total(order), 'shopify_payments');
    order.updated = created;
    return order;
  }

  summary() {
    return this.orders.map((order) => ({ id: order.id, name: order.name, email: order.email, sourceIdentifier: order.sourceIdentifier, ownId: order.ownId ?? null,
      total: this.total(order), received: this.received(order), refunded: this.sum(order, 'REFUND'),
      payment: this.financial(order), fulfilment: this.fulfilment(order), closed: order.closedAt !== null, cancelled: order.cancelledAt !== null,
      lines: order.lines.length, pieces: order.lines.reduce((sum, line) => sum + line.quantity, 0),
      tax: order.lines.concat(order.shipping).reduce((sum, line) => sum + line.tax, 0),
      tracking: order.fulfillments.map((f) => f.tracking?.number ?? null), gateways: order.transactions.map((t) => `${t.kind}:${t.gateway}:${t.cents}`) }));
  }
  // What both sides must agree on, in cents and pieces.
  account(order) {
    return { name: order.name, total: Math.max(0, this.balanced(order)), owed: this.owed(order), captured: this.received(order), refunded: this.sum(order, 'REFUND'),
      authorized: this.capturable(order), payment: this.financial(order).toLowerCase(),
      fulfilment: this.fulfilment(order).toLowerCase(), note: order.note ?? '', stage: order.cancelledAt ? 'cancelled' : order.closedAt ? 'archived' : 'open',
      lines: order.lines.map((line) => ({ id: line.id, sku: line.sku, ordered: line.quantity - line.removed - line.cancelled,
        fulfilled: line.fulfilled, returned: line.returned, announced: this.onTheWayBack(order, line) })),
      tracking: order.fulfillments.filter((f) => f.status === 'SUCCESS').flatMap((f) => f.tracking?.numbers ?? (f.tracking?.number ? [f.tracking.number] : [])) };
  }
}

export { DAY, gid };
