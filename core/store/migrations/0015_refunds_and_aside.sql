-- A refund says what coins made of it, and who approved it.
ALTER TABLE refunds ADD COLUMN rounding INTEGER NOT NULL DEFAULT 0;
ALTER TABLE refunds ADD COLUMN approver TEXT NOT NULL DEFAULT '';
DROP TRIGGER refunds_stay;
CREATE TRIGGER refunds_stay BEFORE UPDATE ON refunds
  WHEN old.intended = 0 AND NOT (old.upstream_id = '' AND new.row = old.row AND new.id = old.id
    AND new.order_row = old.order_row AND new.amount = old.amount AND new.reason = old.reason
    AND new.at = old.at AND new.version = old.version AND new.intended = 0
    AND new.rounding = old.rounding AND new.approver = old.approver)
  BEGIN SELECT RAISE(ABORT, 'a refund never changes'); END;

-- A card slip that went out to a printer which never confirms anything is sent, as
-- a receipt is, and no question to a person.
UPDATE terminal_slips SET state = 6 WHERE state = 3 AND reason = '';

-- What came from outside and could not be taken: a file, an order of a platform.
-- A row stays until it is taken after all, or is gone where it came from.
CREATE TABLE put_aside (
  source TEXT NOT NULL,   -- the kind of upstream: "folder", "shopify"
  name TEXT NOT NULL,     -- as its sender knows it: the file, the order's number
  reason TEXT NOT NULL,
  changed INTEGER NOT NULL,  -- there, as far as it says; 0: not known
  since INTEGER NOT NULL,
  wanted INTEGER NOT NULL DEFAULT 0,  -- a person asked for another try
  PRIMARY KEY (source, name)
) STRICT, WITHOUT ROWID;
