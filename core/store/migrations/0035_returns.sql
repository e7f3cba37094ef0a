-- Goods that come back over the counter with a sale: lines with a minus of the open cart,
-- beside what it sells. Once it is paid they never change.
CREATE TABLE order_returns (
  order_row INTEGER NOT NULL REFERENCES orders (row),
  id BLOB NOT NULL,          -- UUIDv7: the order of the ids is the order of the lines
  kind INTEGER NOT NULL,     -- 0 of a receipt, 1 without one, 2 a deposit
  sold_order BLOB,           -- that sold it; NULL: not known
  sold_line BLOB,
  order_number TEXT NOT NULL,
  variant INTEGER NOT NULL,  -- 0: none
  title TEXT NOT NULL,
  sku TEXT NOT NULL,
  by_weight INTEGER NOT NULL,
  quantity INTEGER NOT NULL CHECK (quantity > 0),
  amount INTEGER NOT NULL CHECK (amount > 0),  -- what it gives, tax included
  tax_code TEXT NOT NULL,
  tax_rate INTEGER NOT NULL,
  shelf INTEGER NOT NULL,    -- 0 nowhere, 1 for sale again, 2 damaged
  category TEXT NOT NULL,
  reason TEXT NOT NULL,
  approver TEXT NOT NULL,
  slip TEXT NOT NULL,        -- the code of a deposit slip; empty: none
  tax_key INTEGER NOT NULL,
  PRIMARY KEY (order_row, id)
) STRICT, WITHOUT ROWID;
CREATE INDEX order_returns_slip ON order_returns (slip) WHERE slip <> '';
-- The article that is charged as the deposit of another.
CREATE TABLE deposits (article INTEGER PRIMARY KEY, deposit INTEGER NOT NULL) STRICT;
CREATE INDEX deposits_deposit ON deposits (deposit);
-- The line whose bottles a deposit is for; NULL: of none.
ALTER TABLE order_lines ADD COLUMN deposit_for BLOB;
ALTER TABLE receipt_lines ADD COLUMN deposit_for BLOB;
ALTER TABLE voided_lines ADD COLUMN deposit_for BLOB;

CREATE TRIGGER order_returns_stay BEFORE UPDATE ON order_returns
  WHEN (SELECT version > 0 FROM orders WHERE row = old.order_row)
  BEGIN SELECT RAISE(ABORT, 'what came back never changes'); END;
CREATE TRIGGER order_returns_remain BEFORE DELETE ON order_returns
  WHEN (SELECT version > 0 FROM orders WHERE row = old.order_row)
  BEGIN SELECT RAISE(ABORT, 'what came back never changes'); END;
