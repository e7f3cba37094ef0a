-- The shop's day: shifts from the float to the Z report, and cash that moves without a
-- sale. Its receipts have numbers among the others and belong to no order.

CREATE TABLE new_receipts (
  row INTEGER PRIMARY KEY,
  id BLOB NOT NULL,
  code TEXT NOT NULL,
  kind INTEGER NOT NULL,
  order_row INTEGER REFERENCES orders (row),  -- NULL: of no order
  order_version INTEGER NOT NULL,
  shop TEXT NOT NULL,
  till TEXT NOT NULL,
  cashier TEXT NOT NULL,
  started INTEGER NOT NULL,
  finished INTEGER NOT NULL,
  cash_rounding INTEGER NOT NULL,
  total INTEGER NOT NULL,
  paid_before INTEGER NOT NULL,
  amount INTEGER NOT NULL,
  taxes TEXT NOT NULL DEFAULT '[]',
  previous INTEGER NOT NULL DEFAULT 0,
  tax_added INTEGER,  -- NULL: as its order, which is a till's
  still_due INTEGER,  -- NULL: what its total leaves
  journal_seq INTEGER NOT NULL DEFAULT 0,
  currency TEXT       -- NULL: its order's
) STRICT;
INSERT INTO new_receipts (row, id, code, kind, order_row, order_version, shop, till, cashier,
    started, finished, cash_rounding, total, paid_before, amount, taxes, previous, tax_added,
    still_due, journal_seq)
  SELECT row, id, code, kind, order_row, order_version, shop, till, cashier, started, finished,
         cash_rounding, total, paid_before, amount, taxes, previous, tax_added, still_due,
         journal_seq
  FROM receipts ORDER BY row;
DROP TABLE receipts;
ALTER TABLE new_receipts RENAME TO receipts;
CREATE TRIGGER receipts_stay BEFORE UPDATE ON receipts
  BEGIN SELECT RAISE(ABORT, 'a receipt never changes'); END;
CREATE TRIGGER receipts_remain BEFORE DELETE ON receipts
  BEGIN SELECT RAISE(ABORT, 'a receipt is never deleted'); END;

CREATE TABLE cash_movements (
  receipt_row INTEGER PRIMARY KEY REFERENCES receipts (row),
  kind INTEGER NOT NULL,
  amount INTEGER NOT NULL,  -- below 0: it left the drawer
  reason TEXT NOT NULL,
  approver TEXT NOT NULL
) STRICT;
CREATE TRIGGER cash_movements_stay BEFORE UPDATE ON cash_movements
  BEGIN SELECT RAISE(ABORT, 'a receipt never changes'); END;
CREATE TRIGGER cash_movements_remain BEFORE DELETE ON cash_movements
  BEGIN SELECT RAISE(ABORT, 'a receipt is never deleted'); END;

-- A shift has the receipts behind `after_receipt`, up to its last one, and the entries
-- of the journal behind `after_entry`.
CREATE TABLE shifts (
  row INTEGER PRIMARY KEY,
  state INTEGER NOT NULL,
  currency TEXT NOT NULL,
  opened INTEGER NOT NULL,
  opened_by TEXT NOT NULL,
  opened_itself INTEGER NOT NULL,
  kept INTEGER NOT NULL,     -- what the closing before it left in the drawer
  opening INTEGER NOT NULL,  -- what was counted then
  opening_coins TEXT NOT NULL,
  after_receipt INTEGER NOT NULL,
  after_entry INTEGER NOT NULL,
  counted INTEGER,           -- NULL: not counted yet
  coins TEXT NOT NULL DEFAULT '',
  counted_by TEXT NOT NULL DEFAULT '',
  closed INTEGER NOT NULL DEFAULT 0,
  closed_by TEXT NOT NULL DEFAULT '',
  approver TEXT NOT NULL DEFAULT '',
  dropped INTEGER NOT NULL DEFAULT 0,
  note TEXT NOT NULL DEFAULT '',
  z_number INTEGER NOT NULL DEFAULT 0,
  last_receipt INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE UNIQUE INDEX shifts_numbers ON shifts (z_number) WHERE z_number > 0;
CREATE TRIGGER shifts_stay BEFORE UPDATE ON shifts WHEN old.state = 2
  BEGIN SELECT RAISE(ABORT, 'a closed shift never changes'); END;
CREATE TRIGGER shifts_begin BEFORE UPDATE ON shifts
  WHEN (old.row, old.currency, old.opened, old.opened_by, old.opened_itself, old.kept, old.opening,
        old.opening_coins, old.after_receipt, old.after_entry)
    IS NOT (new.row, new.currency, new.opened, new.opened_by, new.opened_itself, new.kept,
        new.opening, new.opening_coins, new.after_receipt, new.after_entry)
  BEGIN SELECT RAISE(ABORT, 'the beginning of a shift never changes'); END;
CREATE TRIGGER shifts_remain BEFORE DELETE ON shifts
  BEGIN SELECT RAISE(ABORT, 'a shift is never deleted'); END;
