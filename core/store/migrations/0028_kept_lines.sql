-- A line that is voided before its sale stays, apart from those that are sold.
CREATE TABLE voided_lines (
  order_row INTEGER NOT NULL REFERENCES orders (row),
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
  voucher TEXT NOT NULL,
  category TEXT NOT NULL,
  tax_key INTEGER NOT NULL,
  business_case INTEGER NOT NULL,
  voided_at INTEGER NOT NULL,
  voided_by TEXT NOT NULL,
  approver TEXT NOT NULL,
  reason TEXT NOT NULL,
  PRIMARY KEY (order_row, id)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER voided_lines_stay BEFORE UPDATE ON voided_lines
  BEGIN SELECT RAISE(ABORT, 'a voided line never changes'); END;
CREATE TRIGGER voided_lines_remain BEFORE DELETE ON voided_lines
  BEGIN SELECT RAISE(ABORT, 'a voided line is never deleted'); END;

-- The receipt whose sale a refund takes back, whole or in part.
ALTER TABLE receipts ADD COLUMN reverses INTEGER REFERENCES receipts (row);
