-- Orders that people change at the platform: a line keeps the platform's name for
-- it, with what was taken out and what came back; a receipt keeps the lines that it
-- was written for.

ALTER TABLE order_lines ADD COLUMN upstream_id TEXT NOT NULL DEFAULT '';
-- Of a platform's line, whose id says nothing of its place.
ALTER TABLE order_lines ADD COLUMN position INTEGER NOT NULL DEFAULT 0;
ALTER TABLE order_lines ADD COLUMN removed INTEGER NOT NULL DEFAULT 0;
ALTER TABLE order_lines ADD COLUMN announced INTEGER NOT NULL DEFAULT 0;
ALTER TABLE order_lines ADD COLUMN returned INTEGER NOT NULL DEFAULT 0;
ALTER TABLE order_lines ADD COLUMN returned_for INTEGER NOT NULL DEFAULT 0;

-- What a platform let off without goods. So far it was known as money given back only.
ALTER TABLE orders ADD COLUMN credited INTEGER NOT NULL DEFAULT 0;
UPDATE orders SET credited =
  (SELECT coalesce(sum(amount), 0) FROM refunds
   WHERE order_row = orders.row AND intended = 0 AND refunds.upstream_id <> '')
  WHERE channel <> 'till'
    AND row IN (SELECT order_row FROM refunds WHERE intended = 0 AND upstream_id <> '');

-- The lines of a till's order never change; those of a platform's do, and its
-- receipts stay what they were.
CREATE TABLE receipt_lines (
  receipt_row INTEGER NOT NULL REFERENCES receipts (row),
  id BLOB NOT NULL,
  variant INTEGER NOT NULL,
  title TEXT NOT NULL,
  sku TEXT NOT NULL,
  barcode TEXT NOT NULL,
  by_weight INTEGER NOT NULL,
  unit_price INTEGER NOT NULL,
  regular_price INTEGER,
  quantity INTEGER NOT NULL,
  tax_code TEXT NOT NULL,
  tax_rate INTEGER NOT NULL,
  discount_kind INTEGER,
  discount_value INTEGER,
  discount_reason TEXT,
  note TEXT NOT NULL,
  flags INTEGER NOT NULL,
  upstream_id TEXT NOT NULL,
  position INTEGER NOT NULL,
  removed INTEGER NOT NULL,
  announced INTEGER NOT NULL,
  returned INTEGER NOT NULL,
  returned_for INTEGER NOT NULL,
  PRIMARY KEY (receipt_row, id)
) STRICT, WITHOUT ROWID;
CREATE TABLE receipt_extras (
  receipt_row INTEGER NOT NULL REFERENCES receipts (row),
  position INTEGER NOT NULL,
  title TEXT NOT NULL,
  amount INTEGER NOT NULL,
  tax_rate INTEGER NOT NULL,
  PRIMARY KEY (receipt_row, position)
) STRICT, WITHOUT ROWID;
-- NULL: as its order, which is a till's.
ALTER TABLE receipts ADD COLUMN tax_added INTEGER;
-- NULL: what its total leaves.
ALTER TABLE receipts ADD COLUMN still_due INTEGER;

DROP TRIGGER receipts_stay;
UPDATE receipts SET tax_added = (SELECT tax_added FROM orders WHERE row = order_row)
  WHERE order_row IN (SELECT row FROM orders WHERE channel <> 'till');
CREATE TRIGGER receipts_stay BEFORE UPDATE ON receipts
  BEGIN SELECT RAISE(ABORT, 'a receipt never changes'); END;
INSERT INTO receipt_lines
  SELECT receipts.row, order_lines.id, variant, title, sku, barcode, by_weight, unit_price,
         regular_price, quantity, tax_code, tax_rate, discount_kind, discount_value,
         discount_reason, note, flags, upstream_id, position, removed, announced, returned,
         returned_for
  FROM receipts JOIN order_lines USING (order_row) WHERE receipts.tax_added IS NOT NULL;
INSERT INTO receipt_extras
  SELECT receipts.row, position, title, order_extras.amount, tax_rate
  FROM receipts JOIN order_extras USING (order_row) WHERE receipts.tax_added IS NOT NULL;
CREATE TRIGGER receipt_lines_stay BEFORE UPDATE ON receipt_lines
  BEGIN SELECT RAISE(ABORT, 'a receipt never changes'); END;
CREATE TRIGGER receipt_lines_remain BEFORE DELETE ON receipt_lines
  BEGIN SELECT RAISE(ABORT, 'a receipt is never deleted'); END;
CREATE TRIGGER receipt_extras_stay BEFORE UPDATE ON receipt_extras
  BEGIN SELECT RAISE(ABORT, 'a receipt never changes'); END;
CREATE TRIGGER receipt_extras_remain BEFORE DELETE ON receipt_extras
  BEGIN SELECT RAISE(ABORT, 'a receipt is never deleted'); END;
