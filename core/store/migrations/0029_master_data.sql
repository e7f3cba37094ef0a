-- Who the shop and its till were: a version for each change, which receipts and closings point
-- to. None ever changes.
CREATE TABLE master_data (
  row INTEGER PRIMARY KEY,
  since INTEGER NOT NULL,
  name TEXT NOT NULL,
  street TEXT NOT NULL,
  postcode TEXT NOT NULL,
  city TEXT NOT NULL,
  country TEXT NOT NULL,
  tax_number TEXT NOT NULL,
  vat_id TEXT NOT NULL,
  site TEXT NOT NULL,
  till TEXT NOT NULL,
  serial TEXT NOT NULL,
  make TEXT NOT NULL,
  model TEXT NOT NULL,
  software TEXT NOT NULL,
  currency TEXT NOT NULL
) STRICT;
CREATE TRIGGER master_data_stay BEFORE UPDATE ON master_data
  BEGIN SELECT RAISE(ABORT, 'what the shop was never changes'); END;
CREATE TRIGGER master_data_remain BEFORE DELETE ON master_data
  BEGIN SELECT RAISE(ABORT, 'what the shop was is never deleted'); END;
ALTER TABLE receipts ADD COLUMN master INTEGER REFERENCES master_data (row);

-- The till's serial, made once and kept for ever: letters, digits and a hyphen.
CREATE TABLE till_serial (serial TEXT NOT NULL) STRICT;
INSERT INTO till_serial VALUES ('TRESEN-' || hex(randomblob(8)));
CREATE TRIGGER till_serial_one BEFORE INSERT ON till_serial
  BEGIN SELECT RAISE(ABORT, 'a till has one serial'); END;
CREATE TRIGGER till_serial_stays BEFORE UPDATE ON till_serial
  BEGIN SELECT RAISE(ABORT, 'a serial never changes'); END;
CREATE TRIGGER till_serial_remains BEFORE DELETE ON till_serial
  BEGIN SELECT RAISE(ABORT, 'a serial is never deleted'); END;

-- A cashier's number is never given to anybody else. 0: nobody was signed in.
ALTER TABLE receipts ADD COLUMN cashier_number INTEGER NOT NULL DEFAULT 0;
INSERT INTO counters (name, value) SELECT 'cashiers', coalesce(max(row), 0) FROM cashiers;
