-- Lists of a million orders: how many there are is kept, not counted, and what
-- a search finds has an index where it costs the ordinary sale nothing.

CREATE TABLE order_tally (
  stage TEXT NOT NULL,
  payment TEXT NOT NULL,
  fulfilment TEXT NOT NULL,
  orders INTEGER NOT NULL,  -- placed ones
  PRIMARY KEY (stage, payment, fulfilment)
) STRICT, WITHOUT ROWID;
INSERT INTO order_tally
  SELECT stage, payment, fulfilment, count(*) FROM orders WHERE version > 0
  GROUP BY stage, payment, fulfilment;

CREATE TRIGGER orders_come AFTER INSERT ON orders WHEN new.version > 0 BEGIN
  INSERT INTO order_tally VALUES (new.stage, new.payment, new.fulfilment, 1)
    ON CONFLICT DO UPDATE SET orders = orders + 1;
END;
CREATE TRIGGER orders_move AFTER UPDATE OF version, stage, payment, fulfilment ON orders
  WHEN (old.version > 0) <> (new.version > 0) OR (new.version > 0 AND
    (old.stage, old.payment, old.fulfilment) <> (new.stage, new.payment, new.fulfilment)) BEGIN
  UPDATE order_tally SET orders = orders - 1
    WHERE old.version > 0 AND stage = old.stage AND payment = old.payment
      AND fulfilment = old.fulfilment;
  INSERT INTO order_tally SELECT new.stage, new.payment, new.fulfilment, 1 WHERE new.version > 0
    ON CONFLICT DO UPDATE SET orders = orders + 1;
END;
CREATE TRIGGER orders_go AFTER DELETE ON orders WHEN old.version > 0 BEGIN
  UPDATE order_tally SET orders = orders - 1
    WHERE stage = old.stage AND payment = old.payment AND fulfilment = old.fulfilment;
END;

CREATE INDEX orders_customer ON orders (customer_name, customer_email)
  WHERE customer_name <> '' OR customer_email <> '';
DROP INDEX orders_email;
CREATE INDEX transactions_last_four ON transactions (substr(reference, -4)) WHERE reference <> '';
-- Nothing looks a slip up by its receipt.
DROP INDEX print_jobs_receipt;
