-- A sale writes a page of the log for every tree that it changes: these
-- held what is known without them.

-- The open cart is named, not looked for; an index has the parked ones only.
INSERT INTO counters SELECT 'draft', row FROM orders WHERE stage = 'draft' LIMIT 1;
DROP INDEX orders_in_hand;
CREATE INDEX orders_parked ON orders (row) WHERE stage = 'parked';

-- A sale is archived with its completion or stays open: only orders of a
-- platform can come to wait for it.
DROP INDEX orders_to_archive;
CREATE INDEX orders_to_archive ON orders (row)
  WHERE version > 0 AND stage = 'open' AND payment = 'paid' AND fulfilment = 'fulfilled'
    AND channel <> 'till';

-- A receipt's taxes, [[rate, net, tax, gross], ...], are written with it; an
-- order knows its last receipt, and each the one before it (0: none).
ALTER TABLE orders ADD COLUMN last_receipt INTEGER NOT NULL DEFAULT 0;
UPDATE orders SET last_receipt = last FROM
  (SELECT order_row, max(row) AS last FROM receipts GROUP BY order_row)
  WHERE order_row = orders.row;
ALTER TABLE receipts ADD COLUMN taxes TEXT NOT NULL DEFAULT '[]';
ALTER TABLE receipts ADD COLUMN previous INTEGER NOT NULL DEFAULT 0;
DROP TRIGGER receipts_stay;
UPDATE receipts SET
  taxes = (SELECT json_group_array(json_array(rate, net, tax, gross))
           FROM receipt_taxes WHERE receipt_row = receipts.row),
  previous = coalesce((SELECT max(row) FROM receipts AS earlier
                       WHERE earlier.order_row = receipts.order_row AND earlier.row < receipts.row), 0);
CREATE TRIGGER receipts_stay BEFORE UPDATE ON receipts
  BEGIN SELECT RAISE(ABORT, 'a receipt never changes'); END;
DROP INDEX receipts_order;
DROP TABLE receipt_taxes;

-- A payment is known by its order and its id; only one that comes from outside
-- could be claimed by a second order.
CREATE TABLE new_transactions (
  order_row INTEGER NOT NULL REFERENCES orders (row),
  id BLOB NOT NULL,
  outside INTEGER NOT NULL,  -- 1: of an order that was not made at a till
  position INTEGER NOT NULL,
  kind INTEGER NOT NULL,
  tender INTEGER NOT NULL,
  state INTEGER NOT NULL,
  amount INTEGER NOT NULL,
  given INTEGER NOT NULL,
  label TEXT NOT NULL,
  reference TEXT NOT NULL,
  original BLOB,
  at INTEGER NOT NULL,
  version INTEGER NOT NULL,
  upstream_id TEXT NOT NULL,
  expires INTEGER NOT NULL,
  PRIMARY KEY (order_row, id)
) STRICT, WITHOUT ROWID;
INSERT INTO new_transactions
  SELECT order_row, id, (SELECT channel <> 'till' FROM orders WHERE row = order_row), position,
         kind, tender, state, amount, given, label, reference, original, at, version, upstream_id,
         expires
  FROM transactions ORDER BY order_row, id;
DROP TABLE transactions;
ALTER TABLE new_transactions RENAME TO transactions;
CREATE UNIQUE INDEX transactions_outside ON transactions (id) WHERE outside = 1;
CREATE INDEX transactions_last_four ON transactions (substr(reference, -4)) WHERE reference <> '';
CREATE TRIGGER transactions_stay BEFORE UPDATE ON transactions
  WHEN NOT (old.upstream_id = '' AND new.order_row = old.order_row
    AND new.position = old.position AND new.id = old.id AND new.outside = old.outside AND new.kind = old.kind
    AND new.tender = old.tender AND new.state = old.state AND new.amount = old.amount
    AND new.given = old.given AND new.label = old.label AND new.reference = old.reference
    AND new.original IS old.original AND new.at = old.at AND new.version = old.version
    AND new.expires = old.expires)
  BEGIN SELECT RAISE(ABORT, 'a transaction never changes'); END;
CREATE TRIGGER transactions_remain BEFORE DELETE ON transactions
  BEGIN SELECT RAISE(ABORT, 'a transaction is never deleted'); END;
