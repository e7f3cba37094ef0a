-- Orders, money, receipts, the journal, and what the outside must learn.
-- Amounts are minor units, quantities thousandths, rates basis points, times
-- milliseconds since 1970 (UTC).

CREATE TABLE settings (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE counters (name TEXT PRIMARY KEY, value INTEGER NOT NULL) STRICT, WITHOUT ROWID;

CREATE TABLE cashiers (
  row INTEGER PRIMARY KEY,
  name TEXT NOT NULL UNIQUE,
  role TEXT NOT NULL,
  pin_hash TEXT NOT NULL,
  language TEXT NOT NULL DEFAULT '',
  appearance TEXT NOT NULL DEFAULT ''
) STRICT;

CREATE TABLE orders (
  row INTEGER PRIMARY KEY,
  id BLOB NOT NULL UNIQUE,
  number TEXT NOT NULL,
  channel TEXT NOT NULL,
  stage TEXT NOT NULL,
  tax_added INTEGER NOT NULL,
  currency TEXT NOT NULL,
  customer_name TEXT NOT NULL DEFAULT '',
  customer_email TEXT NOT NULL DEFAULT '',
  customer_language TEXT NOT NULL DEFAULT '',
  discount_kind INTEGER,
  discount_value INTEGER,
  discount_reason TEXT,
  cash_rounding INTEGER NOT NULL DEFAULT 0,
  note TEXT NOT NULL DEFAULT '',
  cashier TEXT NOT NULL DEFAULT '',
  fulfilment TEXT NOT NULL DEFAULT '',
  upstream_payment TEXT NOT NULL DEFAULT '',
  is_new INTEGER NOT NULL DEFAULT 0,
  created INTEGER NOT NULL,
  placed INTEGER NOT NULL DEFAULT 0,
  version INTEGER NOT NULL DEFAULT 0,
  -- Derived, kept for lists and filters:
  payment TEXT NOT NULL DEFAULT 'pending',
  total INTEGER NOT NULL DEFAULT 0,
  paid INTEGER NOT NULL DEFAULT 0,
  pieces INTEGER NOT NULL DEFAULT 0,
  UNIQUE (number, channel)
) STRICT;
CREATE INDEX orders_in_hand ON orders (stage) WHERE stage IN ('draft', 'parked');
CREATE INDEX orders_placed ON orders (placed) WHERE version > 0;
CREATE INDEX orders_new ON orders (placed) WHERE is_new = 1;
CREATE INDEX orders_payment ON orders (payment, placed) WHERE version > 0 AND payment <> 'paid';
CREATE INDEX orders_fulfilment ON orders (fulfilment, placed)
  WHERE version > 0 AND fulfilment <> 'fulfilled';
CREATE INDEX orders_closed ON orders (stage, placed) WHERE stage IN ('archived', 'cancelled');
CREATE INDEX orders_email ON orders (customer_email) WHERE customer_email <> '';

CREATE TABLE order_lines (
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
  -- UUIDv7: the order of the ids is the order of the lines.
  PRIMARY KEY (order_row, id)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER order_lines_stay BEFORE UPDATE ON order_lines
  WHEN (SELECT version > 0 AND channel = 'till' FROM orders WHERE row = old.order_row)
  BEGIN SELECT RAISE(ABORT, 'the lines of a placed order never change'); END;
CREATE TRIGGER order_lines_remain BEFORE DELETE ON order_lines
  WHEN (SELECT version > 0 AND channel = 'till' FROM orders WHERE row = old.order_row)
  BEGIN SELECT RAISE(ABORT, 'the lines of a placed order never change'); END;

CREATE TABLE order_extras (
  order_row INTEGER NOT NULL REFERENCES orders (row),
  position INTEGER NOT NULL,
  title TEXT NOT NULL,
  amount INTEGER NOT NULL,
  tax_rate INTEGER NOT NULL,
  PRIMARY KEY (order_row, position)
) STRICT, WITHOUT ROWID;

CREATE TABLE transactions (
  row INTEGER PRIMARY KEY,
  id BLOB NOT NULL UNIQUE,
  order_row INTEGER NOT NULL REFERENCES orders (row),
  kind INTEGER NOT NULL,
  tender INTEGER NOT NULL,
  state INTEGER NOT NULL,
  amount INTEGER NOT NULL,
  given INTEGER NOT NULL,
  label TEXT NOT NULL,
  reference TEXT NOT NULL,
  original BLOB,
  at INTEGER NOT NULL,
  version INTEGER NOT NULL
) STRICT;
CREATE INDEX transactions_order ON transactions (order_row);
CREATE TRIGGER transactions_stay BEFORE UPDATE ON transactions
  BEGIN SELECT RAISE(ABORT, 'a transaction never changes'); END;
CREATE TRIGGER transactions_remain BEFORE DELETE ON transactions
  BEGIN SELECT RAISE(ABORT, 'a transaction is never deleted'); END;

CREATE TABLE order_events (
  row INTEGER PRIMARY KEY,
  order_row INTEGER NOT NULL REFERENCES orders (row),
  at INTEGER NOT NULL,
  kind TEXT NOT NULL,
  detail TEXT NOT NULL,
  actor TEXT NOT NULL
) STRICT;
CREATE INDEX order_events_order ON order_events (order_row);

CREATE TABLE card_attempts (
  row INTEGER PRIMARY KEY,
  id BLOB NOT NULL UNIQUE,
  order_row INTEGER NOT NULL REFERENCES orders (row),
  amount INTEGER NOT NULL,
  phase INTEGER NOT NULL,
  says TEXT NOT NULL DEFAULT '',
  reference TEXT NOT NULL DEFAULT '',
  started INTEGER NOT NULL,
  asked INTEGER NOT NULL DEFAULT 0,
  dismissed INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE INDEX card_attempts_open ON card_attempts (row) WHERE phase IN (0, 4);

CREATE TABLE receipts (
  row INTEGER PRIMARY KEY,
  id BLOB NOT NULL UNIQUE,
  number INTEGER NOT NULL UNIQUE,
  code TEXT NOT NULL UNIQUE,
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
CREATE INDEX receipts_order ON receipts (order_row);
CREATE TABLE receipt_taxes (
  receipt_row INTEGER NOT NULL REFERENCES receipts (row),
  rate INTEGER NOT NULL,
  net INTEGER NOT NULL,
  tax INTEGER NOT NULL,
  gross INTEGER NOT NULL,
  PRIMARY KEY (receipt_row, rate)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER receipts_stay BEFORE UPDATE ON receipts
  BEGIN SELECT RAISE(ABORT, 'a receipt never changes'); END;
CREATE TRIGGER receipts_remain BEFORE DELETE ON receipts
  BEGIN SELECT RAISE(ABORT, 'a receipt is never deleted'); END;
CREATE TRIGGER receipt_taxes_stay BEFORE UPDATE ON receipt_taxes
  BEGIN SELECT RAISE(ABORT, 'a receipt never changes'); END;
CREATE TRIGGER receipt_taxes_remain BEFORE DELETE ON receipt_taxes
  BEGIN SELECT RAISE(ABORT, 'a receipt is never deleted'); END;

CREATE TABLE print_jobs (
  row INTEGER PRIMARY KEY,
  receipt_row INTEGER NOT NULL REFERENCES receipts (row),
  form INTEGER NOT NULL,
  state INTEGER NOT NULL,
  reason TEXT NOT NULL DEFAULT '',
  created INTEGER NOT NULL
) STRICT;
CREATE INDEX print_jobs_open ON print_jobs (row) WHERE state IN (0, 2, 3);
CREATE INDEX print_jobs_receipt ON print_jobs (receipt_row);

CREATE TABLE journal (
  seq INTEGER PRIMARY KEY,
  at INTEGER NOT NULL,
  actor TEXT NOT NULL,
  kind TEXT NOT NULL,
  subject TEXT NOT NULL,
  content TEXT NOT NULL,
  hash TEXT NOT NULL
) STRICT;
CREATE TRIGGER journal_stays BEFORE UPDATE ON journal
  BEGIN SELECT RAISE(ABORT, 'the journal never changes'); END;
CREATE TRIGGER journal_remains BEFORE DELETE ON journal
  BEGIN SELECT RAISE(ABORT, 'the journal is never shortened'); END;

CREATE TABLE outbox (
  row INTEGER PRIMARY KEY,
  key BLOB NOT NULL UNIQUE,
  kind INTEGER NOT NULL,
  order_row INTEGER NOT NULL REFERENCES orders (row),
  version INTEGER NOT NULL,
  receipt_row INTEGER,
  recipient TEXT NOT NULL DEFAULT '',
  state INTEGER NOT NULL,
  reason TEXT NOT NULL DEFAULT '',
  attempts INTEGER NOT NULL DEFAULT 0,
  not_before INTEGER NOT NULL DEFAULT 0,
  created INTEGER NOT NULL
) STRICT;
CREATE INDEX outbox_open ON outbox (not_before, row) WHERE state IN (0, 1);
CREATE INDEX outbox_stuck ON outbox (row) WHERE state IN (3, 4);
CREATE INDEX outbox_order ON outbox (order_row, kind) WHERE state <> 2;
