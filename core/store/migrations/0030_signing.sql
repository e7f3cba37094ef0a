-- What a security device signs (KassenSichV). A transaction is written down, with the id
-- that makes it repeatable, before anything of it is sent; what came back is a row of its
-- own that never changes; a gap has its beginning, end and reason.

-- Those that this till has signed with. The latest `adopted` is the one in use.
CREATE TABLE signing_devices (
  row INTEGER PRIMARY KEY,
  serial TEXT NOT NULL UNIQUE,
  kind TEXT NOT NULL,
  public_key BLOB NOT NULL,
  algorithm TEXT NOT NULL,
  time_format TEXT NOT NULL,
  is_test INTEGER NOT NULL,
  adopted INTEGER NOT NULL,
  certification TEXT NOT NULL,  -- from here on: as it was seen last
  maker TEXT NOT NULL,
  version TEXT NOT NULL,
  certificates TEXT NOT NULL,   -- PEM, the leaf first
  certificate_end INTEGER NOT NULL,
  seen INTEGER NOT NULL,
  ahead_ms INTEGER NOT NULL,    -- its clock, of the till's
  signatures_made INTEGER NOT NULL,
  signatures_left INTEGER,
  bytes_used INTEGER,
  bytes_in_all INTEGER,
  self_test_due INTEGER,
  archived INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE TRIGGER signing_devices_stay BEFORE UPDATE ON signing_devices
  WHEN (old.row, old.serial, old.kind, old.public_key, old.algorithm, old.time_format, old.is_test)
    IS NOT (new.row, new.serial, new.kind, new.public_key, new.algorithm, new.time_format,
        new.is_test)
  BEGIN SELECT RAISE(ABORT, 'a device that has signed never changes'); END;
CREATE TRIGGER signing_devices_remain BEFORE DELETE ON signing_devices
  BEGIN SELECT RAISE(ABORT, 'a device that has signed is never deleted'); END;

CREATE TABLE signing_outages (
  row INTEGER PRIMARY KEY,
  began INTEGER NOT NULL,
  ended INTEGER,  -- NULL: it lasts
  reason TEXT NOT NULL,
  detail TEXT NOT NULL
) STRICT;
CREATE TRIGGER signing_outages_stay BEFORE UPDATE ON signing_outages
  WHEN old.ended IS NOT NULL
    OR (old.row, old.began, old.reason, old.detail) IS NOT (new.row, new.began, new.reason, new.detail)
  BEGIN SELECT RAISE(ABORT, 'an outage never changes'); END;
CREATE TRIGGER signing_outages_remain BEFORE DELETE ON signing_outages
  BEGIN SELECT RAISE(ABORT, 'an outage is never deleted'); END;

-- States of a step: 0 wanted, 1 sent, 2 answered, 3 lost, 4 missed; NULL: not asked for.
CREATE TABLE signing_transactions (
  row INTEGER PRIMARY KEY,
  id BLOB NOT NULL,  -- chosen here, before anything was sent
  order_row INTEGER REFERENCES orders (row),      -- NULL: of no order
  receipt_row INTEGER REFERENCES receipts (row),  -- that its end signs; NULL: none (yet)
  begun INTEGER NOT NULL,
  ended INTEGER,
  start INTEGER NOT NULL,
  finish INTEGER,
  abort INTEGER,                      -- of what an outage left open in the device
  number INTEGER NOT NULL DEFAULT 0,  -- the device's; 0: not known
  process_type TEXT NOT NULL DEFAULT '',
  process_data TEXT NOT NULL DEFAULT '',
  outage_row INTEGER REFERENCES signing_outages (row),  -- in which its receipt went out unsigned
  is_open INTEGER NOT NULL            -- a step of it is still to come
) STRICT;
CREATE INDEX signing_transactions_open ON signing_transactions (row) WHERE is_open = 1;
CREATE UNIQUE INDEX signing_transactions_receipts ON signing_transactions (receipt_row)
  WHERE receipt_row IS NOT NULL;
CREATE TRIGGER signing_transactions_stay BEFORE UPDATE ON signing_transactions
  WHEN (old.id, old.begun) IS NOT (new.id, new.begun)
    OR (old.order_row IS NOT NULL AND old.order_row IS NOT new.order_row)
    OR (old.receipt_row IS NOT NULL AND old.receipt_row IS NOT new.receipt_row)
    OR (old.outage_row IS NOT NULL AND old.outage_row IS NOT new.outage_row)
    OR (old.number > 0 AND old.number IS NOT new.number)
    OR (old.process_type <> '' AND (old.process_type, old.process_data)
          IS NOT (new.process_type, new.process_data))
  BEGIN SELECT RAISE(ABORT, 'what was to be signed never changes'); END;
CREATE TRIGGER signing_transactions_remain BEFORE DELETE ON signing_transactions
  BEGIN SELECT RAISE(ABORT, 'what was to be signed is never deleted'); END;

CREATE TABLE signatures (
  row INTEGER PRIMARY KEY,
  transaction_row INTEGER NOT NULL REFERENCES signing_transactions (row),
  verb INTEGER NOT NULL,  -- 0 start, 1 finish, 2 abort
  device_row INTEGER NOT NULL REFERENCES signing_devices (row),
  number INTEGER NOT NULL,
  counter INTEGER NOT NULL,
  time INTEGER NOT NULL,  -- the device's
  value BLOB NOT NULL,
  UNIQUE (transaction_row, verb)
) STRICT;
CREATE UNIQUE INDEX signatures_counters ON signatures (device_row, counter);
CREATE TRIGGER signatures_stay BEFORE UPDATE ON signatures
  BEGIN SELECT RAISE(ABORT, 'a signature never changes'); END;
CREATE TRIGGER signatures_remain BEFORE DELETE ON signatures
  BEGIN SELECT RAISE(ABORT, 'a signature is never deleted'); END;
CREATE INDEX signing_transactions_orders ON signing_transactions (order_row) WHERE finish IS NULL;
CREATE INDEX signing_transactions_outages ON signing_transactions (outage_row)
  WHERE outage_row IS NOT NULL;
