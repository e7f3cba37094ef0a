// How the shop answers: one function for each field that our documents ask for.
import { GraphQLError } from 'graphql';
import { DAY } from './shop.mjs';

function page(list, { first = 50, after }) {
  const start = after ? Number(Buffer.from(after, 'base64url').toString()) : 0;
  const nodes = list.slice(start, start + first);
  const end = start + nodes.length;
  return { nodes, edges: nodes.map((node) => ({ node })),
    pageInfo: { hasNextPage: end < list.length, hasPreviousPage: start > 0, endCursor: nodes.length ? Buffer.from(String(end)).toString('base64url') : null } };
}

const serial = (row) => Number(row.id.split('/').pop());

// A page of what was changed, by the time of its change. The cursor names the last row, as
// Shopify's does: a row that changes meanwhile moves to the end and shifts no other.
function changedPage(list, { first = 50, after, query }, timeOf, view = (row) => row) {
  const from = since(query, 'updated_at');
  const [time, last] = after ? JSON.parse(Buffer.from(after, 'base64url').toString()) : [from, -1];
  const rest = list.filter((row) => timeOf(row) > time || (timeOf(row) === time && serial(row) > last))
    .sort((a, b) => timeOf(a) - timeOf(b) || serial(a) - serial(b));
  const rows = rest.slice(0, first), end = rows.at(-1);
  return { nodes: rows.map(view), edges: rows.map((row) => ({ node: view(row) })),
    pageInfo: { hasNextPage: rest.length > rows.length, hasPreviousPage: Boolean(after),
      endCursor: end ? Buffer.from(JSON.stringify([timeOf(end), serial(end)])).toString('base64url') : null } };
}

// The filters that we use: "updated_at:>='…'", "status:any", "source_identifier:x".
function since(query, field) {
  const match = new RegExp(`${field}:>=?'?([^' ]+)'?`).exec(query ?? '');
  return match ? Date.parse(match[1]) : 0;
}

export function resolvers(shop) {
  const need = (...scopes) => {
    const missing = scopes.filter((scope) => !shop.scopes.includes(scope));
    if (missing.length) {
      const wanted = missing.map((s) => `\`${s}\` access scope.`).join(' ');
      throw new GraphQLError(`Access denied. Required access: ${wanted}`, { extensions: { code: 'ACCESS_DENIED', requiredAccess: wanted } });
    }
  };
  const no = (message, extra = {}) => ({ userErrors: [{ field: null, message, code: null, ...extra }] });
  const find = (id) => shop.orders.find((order) => order.id === id);

  const variantView = (v) => ({ id: v.id, title: v.title, sku: v.sku, barcode: v.barcode, price: shop.text(v.cents), compareAtPrice: v.compareAtPrice,
    taxable: v.taxable, updatedAt: v.updatedAt, inventoryItem: itemView(v) });
  const itemView = (v) => ({ id: v.item, tracked: true, requiresShipping: true, updatedAt: v.stockChanged, variants: () => page([{ id: v.id }], {}),
    inventoryLevel: ({ locationId }) => (locationId === shop.location ? { quantities: [{ name: 'available', quantity: v.stock }] } : null) });
  const productView = (p) => ({ ...p, variants: (args) => page(p.own.map(variantView), args) });
  const taxView = (t) => ({ title: t.title, rate: Number(t.rate), priceSet: shop.bag(t.cents) });
  const lineView = (order) => (line) => ({ id: line.id, sku: line.sku, name: line.title, title: line.title, quantity: line.quantity,
    currentQuantity: shop.current(line), unfulfilledQuantity: shop.unfulfilled(line), refundableQuantity: shop.current(line),
    requiresShipping: line.requiresShipping, isGiftCard: line.giftCard, variant: line.variant ? { id: line.variant.id, barcode: line.variant.barcode } : null,
    customAttributes: line.properties.map((p) => ({ key: p.name, value: p.value })), originalUnitPriceSet: shop.bag(line.cents),
    discountedTotalSet: shop.bag((line.cents - (line.off ?? 0)) * line.quantity), taxLines: line.taxes.map(taxView) });
  const transactionView = (order) => (t) => ({ id: t.id, kind: t.kind, status: t.status, gateway: t.gateway, processedAt: t.processedAt,
    amountSet: shop.bag(t.cents), parentTransaction: t.parent ? { id: t.parent } : null, order: () => orderView(order) });
  const trackingView = (t) => (t?.numbers ?? (t?.number ? [t.number] : [])).map((number) => ({ company: t.company ?? null, number, url: t.url ?? null }));
  const parcelView = (p) => ({ id: p.id, status: p.status, deliveryMethod: { methodType: p.method },
    supportedActions: ['OPEN', 'IN_PROGRESS'].includes(p.status) ? [{ action: 'CREATE_FULFILLMENT' }] : [],
    lineItems: (args) => page(p.items.map((i) => ({ id: i.id, remainingQuantity: i.remaining, lineItem: { id: i.line.id } })), args) });
  const orderView = (order) => order && ({ id: order.id, name: order.name, createdAt: shop.iso(order.created), updatedAt: shop.iso(order.updated),
    processedAt: order.processedAt ?? shop.iso(order.created), closed: order.closedAt !== null, closedAt: order.closedAt, cancelledAt: order.cancelledAt,
    currencyCode: shop.currency, taxesIncluded: order.taxesIncluded, sourceName: order.sourceName, sourceIdentifier: order.sourceIdentifier,
    metafield: () => (order.ownId ? { value: order.ownId } : null),
    email: order.email, note: order.note, test: order.test, customerLocale: order.customerLocale,
    customer: order.customer ? { displayName: order.customer.displayName, defaultEmailAddress: { emailAddress: order.customer.email } } : null,
    shippingAddress: order.shippingAddress, displayFinancialStatus: order.oddWord ?? shop.financial(order), displayFulfillmentStatus: shop.fulfilment(order),
    canMarkAsPaid: shop.outstanding(order) > 0, totalPriceSet: shop.bag(shop.total(order)), totalReceivedSet: shop.bag(shop.received(order)),
    totalOutstandingSet: shop.bag(shop.outstanding(order)),
    currentTotalPriceSet: shop.bag(shop.currentTotal(order)), netPaymentSet: shop.bag(shop.net(order)), totalRefundedSet: shop.bag(shop.sum(order, 'REFUND')),
    totalTaxSet: shop.bag(order.lines.concat(order.shipping).reduce((sum, l) => sum + l.tax, 0)),
    transactions: ({ first }) => order.transactions.slice(0, first).map(transactionView(order)),
    refunds: ({ first }) => order.refunds.slice(0, first).map((r) => ({ id: r.id, note: r.note, createdAt: r.createdAt, totalRefundedSet: shop.bag(r.cents),
      transactions: (args) => page(r.transactions.map(transactionView(order)), args), return: r.of ? { id: r.of.id } : null,
      refundLineItems: (args) => page(r.lines.map((l) => ({ quantity: l.quantity, restockType: l.restockType, lineItem: { id: l.lineItemId }, subtotalSet: shop.bag(l.cents - l.tax), totalTaxSet: shop.bag(l.tax) })), args) })),
    returns: (args) => page(order.returns.map((x) => ({ id: x.id, name: x.name, status: x.status,
      returnLineItems: (more) => page(x.items.map((i) => ({ __typename: 'ReturnLineItem', id: i.id, quantity: i.quantity, refundedQuantity: i.refunded,
        processedQuantity: i.refunded, fulfillmentLineItem: { lineItem: { id: i.line.id } } })), more) })), args),
    billingAddress: order.billingAddress ?? order.shippingAddress,
    fulfillments: ({ first }) => order.fulfillments.slice(0, first).map((f) => ({ id: f.id, status: f.status, createdAt: f.createdAt, trackingInfo: () => trackingView(f.tracking),
      fulfillmentLineItems: (args) => page(f.items.map((i) => ({ quantity: i.quantity, lineItem: { id: i.line.id } })), args) })),
    shippingLines: (args) => page(order.shipping.map((s) => ({ title: s.title, discountedPriceSet: shop.bag(s.cents), taxLines: s.taxes.map(taxView) })), args),
    fulfillmentOrders: (args) => page(order.parcels.map(parcelView), args), lineItems: (args) => page(order.lines.map(lineView(order)), args) });


  const query = {
    shop: () => ({ name: 'Stub-Laden', myshopifyDomain: 'stub.myshopify.com', currencyCode: shop.currency, taxesIncluded: true,
      plan: { shopifyPlus: shop.plus, partnerDevelopment: shop.ordersAMinute > 0 } }),
    locations: (args) => { need('read_locations'); return page([{ id: shop.location, name: 'Ladengeschäft', isActive: true }], args); },
    currentAppInstallation: () => ({ accessScopes: shop.scopes.map((handle) => ({ handle })) }),
    order: ({ id }) => { need('read_orders'); return orderView(find(id)) ?? null; },
    orderByIdentifier: ({ identifier }) => {
      need('read_orders');
      const { namespace, key, value } = identifier.customId;
      if (!shop.definitions.has(`${namespace}.${key}`)) {
        throw new GraphQLError("Metafield definition of type 'id' is required when using custom ids.", { extensions: { code: 'NOT_FOUND' } });
      }
      return orderView(shop.byOwnId.get(value)) ?? null;
    },
    orders: (args) => {
      need('read_orders');
      const oldest = shop.scopes.includes('read_all_orders') ? 0 : shop.now() - 60 * DAY;
      return changedPage(shop.orders.filter((o) => o.created >= oldest), args, (o) => o.updated, orderView);
    },
    product: ({ id }) => { need('read_products'); const p = shop.products.find((x) => x.id === id); return p ? productView(p) : null; },
    products: (args) => { need('read_products'); return changedPage(shop.products, args, (p) => Date.parse(p.updatedAt), productView); },
    inventoryItems: (args) => {
      need('read_inventory');
      return changedPage([...shop.variants.values()], args, (v) => Date.parse(v.stockChanged), itemView);
    },
    deletionEvents: (args) => page(shop.deletions.filter((d) => Date.parse(d.occurredAt) >= since(args.query, 'occurred_at')), args),
    customers: (args) => { need('read_customers'); return changedPage(shop.customers, args, (c) => Date.parse(c.updatedAt)); },
    bulkOperation: ({ id }) => {
      const bulk = shop.bulks.get(id);
      if (bulk && bulk.polls++ > 0) bulk.status = bulk.fails ? 'FAILED' : 'COMPLETED';
      return bulk ? { ...bulk, url: bulk.status === 'COMPLETED' ? bulk.url : null } : null;
    },
  };

  const mutation = {
    metafieldDefinitionCreate: ({ definition }) => {
      need('write_orders');
      const name = `${definition.namespace}.${definition.key}`;
      if (shop.definitions.has(name)) return no('Key is in use for Order metafields.', { code: 'TAKEN' });
      shop.definitions.add(name);
      return { createdDefinition: { id: shop.id('MetafieldDefinition') }, userErrors: [] };
    },

    orderCreate: ({ order: input, options }) => {
      need('write_orders');
      if (shop.dormant) return no('The shop is dormant.', { code: 'SHOP_DORMANT' });
      const minute = shop.created.filter((t) => t > shop.now() - 60_000);
      if (shop.ordersAMinute && minute.length >= shop.ordersAMinute) return no('Too many attempts. Please try again later.');
      const own = input.metafields?.find((m) => m.type === 'id');
      if (own && shop.byOwnId.has(own.value)) return no('Metafields value must be unique.', { code: 'INVALID' });
      if (input.taxLines?.length && input.lineItems.some((l) => l.taxLines?.length)) return no('Tax lines must be on the order or on its lines.', { code: 'INVALID' });
      if (input.lineItems.some((l) => l.quantity < 1)) return no('Quantity must be greater than 0.', { code: 'INVALID' });
      if (input.lineItems.some((l) => !l.title && !l.variantId)) return no('Line items title is missing.', { code: 'INVALID' });
      if (input.lineItems.some((l) => /^POISON/.test(l.title ?? ''))) return no('Line items are not valid.', { code: 'INVALID' });
      if (input.currency && input.currency !== shop.currency) return no('Currency is not enabled for this shop.', { code: 'INVALID' });
      if (input.lineItems.some((l) => l.variantId && !shop.variants.has(l.variantId))) return no('Variant does not exist.', { code: 'INVALID' });

      const order = shop.newOrder({ taxesIncluded: input.taxesIncluded, email: input.email ?? null, note: input.note ?? null, tags: input.tags ?? [],
        sourceName: input.sourceName ?? 'tresen-app', sourceIdentifier: input.sourceIdentifier ?? null, processedAt: input.processedAt, test: input.test,
        customer: input.customer?.toUpsert ? { displayName: input.customer.toUpsert.lastName ?? '', email: input.customer.toUpsert.email } : null });
      const taxesOf = (line) => (line.taxLines ?? []).map((t) => ({ title: t.title, rate: t.rate, cents: shop.bagCents(t.priceSet) }));
      for (const l of input.lineItems) {
        const variant = shop.variants.get(l.variantId) ?? null;
        const taxes = taxesOf(l);
        shop.addLine(order, { title: l.title ?? variant.product.title, sku: l.sku ?? variant?.sku ?? null, quantity: l.quantity, properties: l.properties ?? [],
          cents: l.priceSet ? shop.bagCents(l.priceSet) : variant.cents, taxes, tax: taxes.reduce((s, t) => s + t.cents, 0), variant,
          requiresShipping: l.requiresShipping, giftCard: l.giftCard });
        if (variant && options?.inventoryBehaviour && options.inventoryBehaviour !== 'BYPASS') shop.changeStock(variant, -l.quantity);
      }
      for (const s of input.shippingLines ?? []) {
        const taxes = taxesOf(s);
        order.shipping.push({ title: s.title, cents: shop.bagCents(s.priceSet), taxes, tax: taxes.reduce((sum, t) => sum + t.cents, 0) });
      }
      const fixed = input.discountCode?.itemFixedDiscountCode;
      if (fixed) order.discount = shop.bagCents(fixed.amountSet);
      if (shop.wrongTotals) order.discount += 1;
      for (const t of input.transactions ?? []) shop.addTransaction(order, t.kind, shop.bagCents(t.amountSet), t.gateway ?? 'manual').status = t.status;
      shop.addParcel(order, 'NONE');
      if (input.fulfillment) {
        const parcel = order.parcels[0];
        shop.ship(order, parcel, parcel.items.map((item) => ({ item, quantity: item.remaining })));
      }
      if (own) {
        order.ownId = own.value;
        shop.byOwnId.set(own.value, order);
      }
      shop.created.push(shop.now());
      return { order: orderView(order), userErrors: [] };
    },

    orderMarkAsPaid: ({ input: { id } }) => {
      need('write_orders');
      const order = find(id);
      if (!order) return no('Order does not exist.');
      const open = shop.outstanding(order);
      if (open === 0) return no('Order cannot be marked as paid.');
      const held = order.transactions.find((t) => t.kind === 'AUTHORIZATION' && shop.capturableOf(order, t) >= open);
      shop.addTransaction(order, held ? 'CAPTURE' : 'SALE', open, held?.gateway ?? 'manual', held?.id);
      return { order: orderView(order), userErrors: [] };
    },

    orderCreateManualPayment: ({ id, amount, paymentMethodName }) => {
      need('write_orders');
      const order = find(id);
      if (!order) return no('Order does not exist.');
      if (amount && !shop.plus) return no('The amount can only be given on Shopify Plus.');
      const cents = amount ? shop.cents(amount.amount) : shop.outstanding(order);
      if (cents > shop.outstanding(order) || cents <= 0) return no('The amount is more than what is outstanding.');
      shop.addTransaction(order, 'SALE', cents, paymentMethodName ?? 'manual');
      return { order: orderView(order), userErrors: [] };
    },

    orderCapture: ({ input }) => {
      need('write_orders');
      const order = find(input.id);
      const held = order?.transactions.find((t) => t.id === input.parentTransactionId && t.kind === 'AUTHORIZATION');
      if (!held) return no('Parent transaction does not exist.');
      const cents = shop.cents(input.amount);
      if (cents > shop.capturableOf(order, held)) return no('The amount exceeds what can be captured.');
      if (!shop.plus && order.transactions.some((t) => t.kind === 'CAPTURE' && t.parent === held.id)) return no('The transaction was captured already.');
      return { transaction: transactionView(order)(shop.addTransaction(order, 'CAPTURE', cents, held.gateway, held.id)), userErrors: [] };
    },

    transactionVoid: ({ parentTransactionId }) => {
      need('write_orders');
      const order = shop.orders.find((o) => o.transactions.some((t) => t.id === parentTransactionId));
      const held = order?.transactions.find((t) => t.id === parentTransactionId);
      if (!held || shop.capturableOf(order, held) === 0) return no('The transaction cannot be voided.', { code: 'TRANSACTION_NOT_FOUND' });
      return { transaction: transactionView(order)(shop.addTransaction(order, 'VOID', shop.capturableOf(order, held), held.gateway, held.id)), userErrors: [] };
    },

    refundCreate: ({ input }) => {
      need('write_orders');
      const order = find(input.orderId);
      if (!order) return no('Order does not exist.');
      const money = (input.transactions ?? []).map((t) => ({ parent: t.parentId, cents: shop.cents(t.amount) }));
      for (const m of money) {
        const parent = order.transactions.find((t) => t.id === m.parent);
        if (!parent) return no('Transactions parent is missing.');
        const back = order.transactions.filter((t) => t.kind === 'REFUND' && t.parent === m.parent).reduce((sum, t) => sum + t.cents, 0);
        if (back + m.cents > parent.cents) return no('Refund amount is more than what the payment has left.');
      }
      if (shop.sum(order, 'REFUND') + money.reduce((sum, m) => sum + m.cents, 0) > shop.received(order)) return no('Refund amount is more than what was paid.');
      const asked = new Map();
      for (const r of input.refundLineItems ?? []) {
        const line = order.lines.find((l) => l.id === r.lineItemId);
        asked.set(line, (asked.get(line) ?? 0) + r.quantity);
        if (!line || asked.get(line) > shop.current(line)) return no('Quantity cannot refund more items than were purchased.');
        if (r.restockType !== 'NO_RESTOCK' && !r.locationId) return no('Location is required to restock.');
        if (r.restockType === 'CANCEL' && r.quantity > shop.unfulfilled(line)) return no('Only unfulfilled items can be cancelled.');
        if (r.restockType === 'RETURN' && r.quantity > shop.outside(line)) return no('Only fulfilled items can be returned.');
      }
      shop.refund(order, { note: input.note, money, lines: (input.refundLineItems ?? []).map((r) => ({
        line: order.lines.find((l) => l.id === r.lineItemId), quantity: r.quantity, type: r.restockType })) });
      return { refund: { id: order.refunds.at(-1).id }, order: orderView(order), userErrors: [] };
    },

    inventoryAdjustQuantities: ({ input }) => {
      need('write_inventory');
      for (const change of input.changes) {
        const variant = [...shop.variants.values()].find((v) => v.item === change.inventoryItemId);
        if (!variant) return no('The inventory item does not exist.', { code: 'INVALID_INVENTORY_ITEM' });
        if (change.locationId !== shop.location) return no('The location does not exist.', { code: 'INVALID_LOCATION' });
      }
      for (const change of input.changes) shop.changeStock([...shop.variants.values()].find((v) => v.item === change.inventoryItemId), change.delta);
      return { inventoryAdjustmentGroup: { id: shop.id('InventoryAdjustmentGroup') }, userErrors: [] };
    },

    fulfillmentCreate: ({ fulfillment }) => {
      need('write_merchant_managed_fulfillment_orders');
      let made = null;
      for (const wanted of fulfillment.lineItemsByFulfillmentOrder) {
        const order = shop.orders.find((o) => o.parcels.some((p) => p.id === wanted.fulfillmentOrderId));
        const parcel = order?.parcels.find((p) => p.id === wanted.fulfillmentOrderId);
        if (!parcel) return no('Fulfillment order does not exist.');
        if (!['OPEN', 'IN_PROGRESS'].includes(parcel.status)) return no(`Fulfillment order ${parcel.id} has an unfulfillable status = ${parcel.status.toLowerCase()}.`);
        const items = (wanted.fulfillmentOrderLineItems?.length ? wanted.fulfillmentOrderLineItems
          : parcel.items.map((i) => ({ id: i.id, quantity: i.remaining }))).map(({ id, quantity }) => ({ item: parcel.items.find((i) => i.id === id), quantity }));
        if (items.some(({ item, quantity }) => !item || quantity > item.remaining)) return no('Invalid fulfillment order line item quantity requested.');
        made = shop.ship(order, parcel, items, fulfillment.trackingInfo ?? {});
      }
      return { fulfillment: { id: made.id, status: made.status, order: () => orderView(made.order) }, userErrors: [] };
    },

    fulfillmentOrderLineItemsPreparedForPickup: ({ input }) => {
      need('write_merchant_managed_fulfillment_orders');
      for (const { fulfillmentOrderId } of input.lineItemsByFulfillmentOrder) {
        const parcel = shop.orders.flatMap((o) => o.parcels).find((p) => p.id === fulfillmentOrderId);
        if (parcel?.method !== 'PICK_UP') return no('Fulfillment order is not for pickup.', { code: 'NO_LINE_ITEMS_TO_PREPARE_FOR_FULFILLMENT_ORDER' });
        parcel.status = 'IN_PROGRESS';
      }
      return { userErrors: [] };
    },

    orderClose: ({ input: { id } }) => {
      need('write_orders');
      const order = find(id);
      order.closedAt ??= shop.iso();
      shop.touch(order);
      return { order: orderView(order), userErrors: [] };
    },
    orderOpen: ({ input: { id } }) => {
      need('write_orders');
      const order = find(id);
      order.closedAt = null;
      shop.touch(order);
      return { order: orderView(order), userErrors: [] };
    },
    orderCancel: ({ orderId, restock }) => {
      need('write_orders');
      const order = find(orderId);
      if (order.cancelledAt) return { orderCancelUserErrors: [{ field: null, message: 'Order has already been cancelled', code: 'INVALID' }] };
      shop.cancel(order, restock, false);
      return { job: { id: shop.id('Job') }, orderCancelUserErrors: [] };
    },

    bulkOperationRunQuery: ({ query: text }) => {
      need('read_products');
      if ([...shop.bulks.values()].some((b) => ['CREATED', 'RUNNING'].includes(b.status))) return no('A bulk query operation for this app and shop is already in progress.', { code: 'OPERATION_IN_PROGRESS' });
      const id = shop.id('BulkOperation');
      shop.bulks.set(id, { id, status: 'RUNNING', errorCode: null, objectCount: String(shop.products.length), polls: 0, text, fails: shop.bulkFails ?? false,
        url: `${shop.address}/bulk/${id.split('/').at(-1)}.jsonl` });
      return { bulkOperation: { id, status: 'CREATED' }, userErrors: [] };
    },
  };

  // The JSONL of a bulk operation, a product followed by its variants.
  function* bulkLines() {
    for (const p of shop.products) {
      const { own, ...product } = p;
      yield JSON.stringify(product);
      for (const v of own) {
        const item = itemView(v);
        yield JSON.stringify({ id: v.id, title: v.title, sku: v.sku, barcode: v.barcode, price: shop.text(v.cents), compareAtPrice: null, taxable: v.taxable,
          inventoryItem: { id: item.id, tracked: true, requiresShipping: true, inventoryLevel: item.inventoryLevel({ locationId: shop.location }) }, __parentId: p.id });
      }
    }
  }
  return { root: { ...query, ...mutation }, bulkLines };
}
