-- What a customer gave beside what was due: the staff's, and no turnover.
ALTER TABLE transactions ADD COLUMN tip INTEGER NOT NULL DEFAULT 0;
DROP TRIGGER transactions_stay;
CREATE TRIGGER transactions_stay BEFORE UPDATE ON transactions
  WHEN NOT (old.upstream_id = '' AND new.order_row = old.order_row
    AND new.position = old.position AND new.id = old.id AND new.outside = old.outside
    AND new.kind = old.kind AND new.tender = old.tender AND new.state = old.state
    AND new.amount = old.amount AND new.given = old.given AND new.label = old.label
    AND new.reference = old.reference AND new.original IS old.original AND new.at = old.at
    AND new.version = old.version AND new.expires = old.expires AND new.tip = old.tip)
  BEGIN SELECT RAISE(ABORT, 'a transaction never changes'); END;
