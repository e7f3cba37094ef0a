-- What happens to an order after it is placed: address, parcels and hand-overs,
-- refunds, what the platform calls it, and the intents that it has not confirmed.

ALTER TABLE orders ADD COLUMN upstream_id TEXT NOT NULL DEFAULT '';
ALTER TABLE orders ADD COLUMN upstream_number TEXT NOT NULL DEFAULT '';
-- Upstream's own word; `fulfilment` beside it is derived, for lists. NULL: a row
-- of an older program, where `fulfilment` is the word.
ALTER TABLE orders ADD COLUMN upstream_fulfilment TEXT;
ALTER TABLE orders ADD COLUMN delivery INTEGER NOT NULL DEFAULT 0;
ALTER TABLE orders ADD COLUMN address TEXT NOT NULL DEFAULT '';
ALTER TABLE orders ADD COLUMN customer_edited INTEGER NOT NULL DEFAULT 0;
ALTER TABLE orders ADD COLUMN attention TEXT NOT NULL DEFAULT '';
-- When the first authorization lapses whose money is not taken yet; 0: none does.
ALTER TABLE orders ADD COLUMN expires INTEGER NOT NULL DEFAULT 0;
CREATE INDEX orders_expiring ON orders (expires) WHERE expires > 0;
CREATE INDEX orders_attention ON orders (row) WHERE attention <> '';
CREATE INDEX orders_to_archive ON orders (row)
  WHERE version > 0 AND stage = 'open' AND payment = 'paid' AND fulfilment = 'fulfilled';

ALTER TABLE transactions ADD COLUMN upstream_id TEXT NOT NULL DEFAULT '';
ALTER TABLE transactions ADD COLUMN expires INTEGER NOT NULL DEFAULT 0;
-- A transaction never changes, but it may learn once what the platform calls it.
DROP TRIGGER transactions_stay;
CREATE TRIGGER transactions_stay BEFORE UPDATE ON transactions
  WHEN NOT (old.upstream_id = '' AND new.row = old.row AND new.id = old.id
    AND new.order_row = old.order_row AND new.kind = old.kind AND new.tender = old.tender
    AND new.state = old.state AND new.amount = old.amount AND new.given = old.given
    AND new.label = old.label AND new.reference = old.reference
    AND new.original IS old.original AND new.at = old.at AND new.version = old.version
    AND new.expires = old.expires)
  BEGIN SELECT RAISE(ABORT, 'a transaction never changes'); END;

-- `intended`: asked of the platform and not confirmed yet; it is no fact so far.
CREATE TABLE fulfilments (
  row INTEGER PRIMARY KEY,
  id BLOB NOT NULL UNIQUE,
  order_row INTEGER NOT NULL REFERENCES orders (row),
  state INTEGER NOT NULL,
  carrier TEXT NOT NULL,
  tracking_number TEXT NOT NULL,
  tracking_url TEXT NOT NULL,
  notify_customer INTEGER NOT NULL,
  at INTEGER NOT NULL,
  version INTEGER NOT NULL,
  upstream_id TEXT NOT NULL,
  intended INTEGER NOT NULL
) STRICT;
CREATE INDEX fulfilments_order ON fulfilments (order_row);
CREATE TABLE fulfilment_lines (
  fulfilment_row INTEGER NOT NULL REFERENCES fulfilments (row) ON DELETE CASCADE,
  position INTEGER NOT NULL,
  line BLOB NOT NULL,
  quantity INTEGER NOT NULL,
  PRIMARY KEY (fulfilment_row, position)
) STRICT, WITHOUT ROWID;

CREATE TABLE refunds (
  row INTEGER PRIMARY KEY,
  id BLOB NOT NULL UNIQUE,
  order_row INTEGER NOT NULL REFERENCES orders (row),
  amount INTEGER NOT NULL,
  reason TEXT NOT NULL,
  at INTEGER NOT NULL,
  version INTEGER NOT NULL,
  upstream_id TEXT NOT NULL,
  intended INTEGER NOT NULL
) STRICT;
CREATE INDEX refunds_order ON refunds (order_row);
CREATE TABLE refund_lines (
  refund_row INTEGER NOT NULL REFERENCES refunds (row) ON DELETE CASCADE,
  position INTEGER NOT NULL,
  line BLOB NOT NULL,
  quantity INTEGER NOT NULL,
  amount INTEGER NOT NULL,
  restock INTEGER NOT NULL,
  PRIMARY KEY (refund_row, position)
) STRICT, WITHOUT ROWID;
CREATE TABLE refund_payments (
  refund_row INTEGER NOT NULL REFERENCES refunds (row) ON DELETE CASCADE,
  position INTEGER NOT NULL,
  payment BLOB NOT NULL,
  PRIMARY KEY (refund_row, position)
) STRICT, WITHOUT ROWID;
-- A refund that is a fact never changes, but it may learn the platform's name for it.
CREATE TRIGGER refunds_stay BEFORE UPDATE ON refunds
  WHEN old.intended = 0 AND NOT (old.upstream_id = '' AND new.row = old.row AND new.id = old.id
    AND new.order_row = old.order_row AND new.amount = old.amount AND new.reason = old.reason
    AND new.at = old.at AND new.version = old.version AND new.intended = 0)
  BEGIN SELECT RAISE(ABORT, 'a refund never changes'); END;
CREATE TRIGGER refunds_remain BEFORE DELETE ON refunds WHEN old.intended = 0
  BEGIN SELECT RAISE(ABORT, 'a refund is never deleted'); END;
CREATE TRIGGER refund_lines_stay BEFORE UPDATE ON refund_lines
  BEGIN SELECT RAISE(ABORT, 'a refund never changes'); END;
CREATE TRIGGER refund_lines_remain BEFORE DELETE ON refund_lines
  WHEN (SELECT intended = 0 FROM refunds WHERE row = old.refund_row)
  BEGIN SELECT RAISE(ABORT, 'a refund is never deleted'); END;
CREATE TRIGGER refund_payments_stay BEFORE UPDATE ON refund_payments
  BEGIN SELECT RAISE(ABORT, 'a refund never changes'); END;
CREATE TRIGGER refund_payments_remain BEFORE DELETE ON refund_payments
  WHEN (SELECT intended = 0 FROM refunds WHERE row = old.refund_row)
  BEGIN SELECT RAISE(ABORT, 'a refund is never deleted'); END;

-- An intent says what it wants: an amount, a reason, goods back on the shelf.
ALTER TABLE outbox ADD COLUMN subject BLOB;
ALTER TABLE outbox ADD COLUMN amount INTEGER NOT NULL DEFAULT 0;
ALTER TABLE outbox ADD COLUMN note TEXT NOT NULL DEFAULT '';
ALTER TABLE outbox ADD COLUMN restock INTEGER NOT NULL DEFAULT 0;
DROP INDEX outbox_order;
CREATE INDEX outbox_of_order ON outbox (order_row, row);

-- What is sent when a digital product is fulfilled: a link, or a gift card's code.
CREATE TABLE downloads (
  sku TEXT PRIMARY KEY COLLATE NOCASE,
  link TEXT NOT NULL
) STRICT, WITHOUT ROWID;
