-- Vouchers that this till has sold or issued. What is on one is the sum of its history,
-- which is only ever added to; a part of it may be held by an order that is not paid yet.

CREATE TABLE vouchers (
  row INTEGER PRIMARY KEY,
  number TEXT NOT NULL UNIQUE,  -- in capitals, without blanks and hyphens
  kind INTEGER NOT NULL,        -- 0 multi-purpose, 1 single-purpose, 2 store credit
  tax_code TEXT NOT NULL,       -- of a single-purpose one, taxed when it was sold
  tax_rate INTEGER NOT NULL,
  holder TEXT NOT NULL,         -- of a store credit
  currency TEXT NOT NULL,
  value INTEGER NOT NULL CHECK (value > 0),  -- at first
  balance INTEGER NOT NULL DEFAULT 0 CHECK (balance >= 0),
  held INTEGER NOT NULL DEFAULT 0 CHECK (held >= 0 AND held <= balance),
  blocked INTEGER NOT NULL DEFAULT 0,
  sold INTEGER NOT NULL,
  expires INTEGER NOT NULL,  -- no longer good from this instant on; 0: never
  order_row INTEGER REFERENCES orders (row),
  receipt_row INTEGER REFERENCES receipts (row)
) STRICT;

CREATE TABLE voucher_entries (
  row INTEGER PRIMARY KEY,
  voucher INTEGER NOT NULL REFERENCES vouchers (row),
  -- 0 issued, 1 redeemed, 2 topped up, 3 refunded onto, 4 paid out, 5 blocked, 6 unblocked,
  -- 7 accepted though expired, 8 taken back
  event INTEGER NOT NULL,
  amount INTEGER NOT NULL,  -- below 0: less on it
  at INTEGER NOT NULL,
  order_row INTEGER REFERENCES orders (row),
  receipt_row INTEGER REFERENCES receipts (row),
  payment BLOB,  -- of the order: redeemed or given back by it
  line BLOB,     -- of the order: sold or taken back with it
  actor TEXT NOT NULL,
  approver TEXT NOT NULL,
  reason TEXT NOT NULL
) STRICT;
CREATE INDEX voucher_entries_voucher ON voucher_entries (voucher);
CREATE INDEX voucher_entries_receipt ON voucher_entries (receipt_row)
  WHERE receipt_row IS NOT NULL;
-- Whatever is killed: a line fills a voucher once, and a payment moves one once.
CREATE UNIQUE INDEX voucher_entries_line ON voucher_entries (line)
  WHERE line IS NOT NULL AND amount > 0;
CREATE UNIQUE INDEX voucher_entries_payment ON voucher_entries (payment)
  WHERE payment IS NOT NULL;

CREATE TABLE voucher_holds (
  payment BLOB PRIMARY KEY,
  voucher INTEGER NOT NULL REFERENCES vouchers (row),
  order_row INTEGER NOT NULL REFERENCES orders (row),
  amount INTEGER NOT NULL CHECK (amount > 0)
) STRICT, WITHOUT ROWID;
CREATE INDEX voucher_holds_order ON voucher_holds (order_row);

CREATE TRIGGER voucher_entries_count AFTER INSERT ON voucher_entries BEGIN
  UPDATE vouchers SET balance = balance + new.amount,
    blocked = iif(new.event = 5, 1, iif(new.event = 6, 0, blocked))
    WHERE row = new.voucher;
END;
CREATE TRIGGER voucher_entries_stay BEFORE UPDATE ON voucher_entries
  BEGIN SELECT RAISE(ABORT, 'the history of a voucher never changes'); END;
CREATE TRIGGER voucher_entries_remain BEFORE DELETE ON voucher_entries
  BEGIN SELECT RAISE(ABORT, 'the history of a voucher is never shortened'); END;
CREATE TRIGGER voucher_holds_come AFTER INSERT ON voucher_holds BEGIN
  UPDATE vouchers SET held = held + new.amount WHERE row = new.voucher;
END;
CREATE TRIGGER voucher_holds_stay BEFORE UPDATE ON voucher_holds
  BEGIN SELECT RAISE(ABORT, 'what is held of a voucher never changes'); END;
CREATE TRIGGER voucher_holds_go AFTER DELETE ON voucher_holds BEGIN
  UPDATE vouchers SET held = held - old.amount WHERE row = old.voucher;
END;
CREATE TRIGGER vouchers_begin BEFORE INSERT ON vouchers
  WHEN new.balance <> 0 OR new.held <> 0 OR new.blocked <> 0
  BEGIN SELECT RAISE(ABORT, 'a voucher begins with its history'); END;
CREATE TRIGGER vouchers_stay BEFORE UPDATE ON vouchers
  WHEN NOT (new.row = old.row AND new.number = old.number AND new.kind = old.kind
    AND new.tax_code = old.tax_code AND new.tax_rate = old.tax_rate
    AND new.holder = old.holder AND new.currency = old.currency AND new.value = old.value
    AND new.sold = old.sold AND new.expires = old.expires
    AND new.order_row IS old.order_row AND new.receipt_row IS old.receipt_row
    AND new.balance = (SELECT coalesce(sum(amount), 0) FROM voucher_entries
                       WHERE voucher = old.row)
    AND new.held = (SELECT coalesce(sum(amount), 0) FROM voucher_holds WHERE voucher = old.row)
    AND new.blocked = coalesce((SELECT event = 5 FROM voucher_entries
                                WHERE voucher = old.row AND event IN (5, 6)
                                ORDER BY row DESC LIMIT 1), 0))
  BEGIN SELECT RAISE(ABORT, 'what is on a voucher is the sum of its history'); END;
CREATE TRIGGER vouchers_remain BEFORE DELETE ON vouchers
  BEGIN SELECT RAISE(ABORT, 'a voucher is never deleted'); END;

-- The number of the voucher that a line sells; empty: none.
ALTER TABLE order_lines ADD COLUMN voucher TEXT NOT NULL DEFAULT '';
ALTER TABLE receipt_lines ADD COLUMN voucher TEXT NOT NULL DEFAULT '';
CREATE INDEX order_lines_voucher ON order_lines (voucher) WHERE voucher <> '';
