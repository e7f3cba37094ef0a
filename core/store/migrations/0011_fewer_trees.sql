-- A sale writes a page of the log for every tree that it adds to. What is looked
-- up by its order lies with its order now, and a tree that nothing reads is gone.

-- A receipt's row is its number: one more than the last one's, so that there is
-- no gap and none twice. Both have counted alike from the first one on.
CREATE TABLE new_receipts (
  row INTEGER PRIMARY KEY,
  id BLOB NOT NULL,
  code TEXT NOT NULL,
  kind INTEGER NOT NULL,
  order_row INTEGER NOT NULL REFERENCES orders (row),
  order_version INTEGER NOT NULL,
  shop TEXT NOT NULL,
  till TEXT NOT NULL,
  cashier TEXT NOT NULL,
  started INTEGER NOT NULL,
  finished INTEGER NOT NULL,
  cash_rounding INTEGER NOT NULL,
  total INTEGER NOT NULL,
  paid_before INTEGER NOT NULL,
  amount INTEGER NOT NULL
) STRICT;
INSERT INTO new_receipts
  SELECT row, id, code, kind, order_row, order_version, shop, till, cashier, started, finished,
         cash_rounding, total, paid_before, amount FROM receipts ORDER BY row;
DROP TABLE receipts;
ALTER TABLE new_receipts RENAME TO receipts;
CREATE INDEX receipts_order ON receipts (order_row);
CREATE TRIGGER receipts_stay BEFORE UPDATE ON receipts
  BEGIN SELECT RAISE(ABORT, 'a receipt never changes'); END;
CREATE TRIGGER receipts_remain BEFORE DELETE ON receipts
  BEGIN SELECT RAISE(ABORT, 'a receipt is never deleted'); END;
DELETE FROM counters WHERE name = 'receipts';

CREATE TABLE new_transactions (
  order_row INTEGER NOT NULL REFERENCES orders (row),
  position INTEGER NOT NULL,
  id BLOB NOT NULL UNIQUE,
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
  PRIMARY KEY (order_row, position)
) STRICT, WITHOUT ROWID;
INSERT INTO new_transactions
  SELECT order_row, row_number() OVER (PARTITION BY order_row ORDER BY row), id, kind, tender,
         state, amount, given, label, reference, original, at, version, upstream_id, expires
  FROM transactions;
DROP TABLE transactions;
ALTER TABLE new_transactions RENAME TO transactions;
CREATE INDEX transactions_last_four ON transactions (substr(reference, -4)) WHERE reference <> '';
CREATE TRIGGER transactions_stay BEFORE UPDATE ON transactions
  WHEN NOT (old.upstream_id = '' AND new.order_row = old.order_row
    AND new.position = old.position AND new.id = old.id AND new.kind = old.kind
    AND new.tender = old.tender AND new.state = old.state AND new.amount = old.amount
    AND new.given = old.given AND new.label = old.label AND new.reference = old.reference
    AND new.original IS old.original AND new.at = old.at AND new.version = old.version
    AND new.expires = old.expires)
  BEGIN SELECT RAISE(ABORT, 'a transaction never changes'); END;
CREATE TRIGGER transactions_remain BEFORE DELETE ON transactions
  BEGIN SELECT RAISE(ABORT, 'a transaction is never deleted'); END;

CREATE TABLE new_order_events (
  order_row INTEGER NOT NULL REFERENCES orders (row),
  position INTEGER NOT NULL,
  at INTEGER NOT NULL,
  kind TEXT NOT NULL,
  detail TEXT NOT NULL,
  actor TEXT NOT NULL,
  PRIMARY KEY (order_row, position)
) STRICT, WITHOUT ROWID;
INSERT INTO new_order_events
  SELECT order_row, row_number() OVER (PARTITION BY order_row ORDER BY row), at, kind, detail, actor
  FROM order_events;
DROP TABLE order_events;
ALTER TABLE new_order_events RENAME TO order_events;

-- Keys are made here, each once; nothing is looked up by them.
CREATE TABLE new_outbox (
  row INTEGER PRIMARY KEY,
  key BLOB NOT NULL,
  kind INTEGER NOT NULL,
  order_row INTEGER NOT NULL REFERENCES orders (row),
  version INTEGER NOT NULL,
  receipt_row INTEGER,
  recipient TEXT NOT NULL DEFAULT '',
  state INTEGER NOT NULL,
  reason TEXT NOT NULL DEFAULT '',
  attempts INTEGER NOT NULL DEFAULT 0,
  not_before INTEGER NOT NULL DEFAULT 0,
  created INTEGER NOT NULL,
  subject BLOB,
  amount INTEGER NOT NULL DEFAULT 0,
  note TEXT NOT NULL DEFAULT '',
  restock INTEGER NOT NULL DEFAULT 0
) STRICT;
INSERT INTO new_outbox
  SELECT row, key, kind, order_row, version, receipt_row, recipient, state, reason, attempts,
         not_before, created, subject, amount, note, restock FROM outbox ORDER BY row;
DROP TABLE outbox;
ALTER TABLE new_outbox RENAME TO outbox;
CREATE INDEX outbox_open ON outbox (not_before, row) WHERE state IN (0, 1);
CREATE INDEX outbox_stuck ON outbox (row) WHERE state IN (3, 4);
CREATE INDEX outbox_of_order ON outbox (order_row, row);

-- The same slips as before. For a list of more than two SQLite makes a tree of its
-- own, with every change of a slip, twice.
DROP INDEX print_jobs_open;
CREATE INDEX print_jobs_open ON print_jobs (row)
  WHERE state = 0 OR state = 2 OR state = 3 OR state = 5;
