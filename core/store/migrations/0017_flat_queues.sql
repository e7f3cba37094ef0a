-- However much waits or was sold, what is asked for all day long costs the same: there
-- is a list for each way to the outside, what waits is counted as it comes and goes,
-- and a piece of a customer's name has an index.

DROP INDEX outbox_open;
CREATE INDEX outbox_pushes ON outbox (not_before, row)
  WHERE state IN (0, 1) AND kind <> 1 AND kind < 11;
CREATE INDEX outbox_mails ON outbox (not_before, row)
  WHERE state IN (0, 1) AND (kind = 1 OR kind >= 11);

-- The slips that are in a printer now, at most one for each.
CREATE INDEX print_jobs_sending ON print_jobs (row) WHERE state = 5;

-- All that is counted lies in one table: a table of its own would cost every sale
-- a page of the log more.
CREATE TABLE tally (
  what TEXT NOT NULL,   -- 'orders': placed ones; 'outbox'; 'slips': that are not over
  stage TEXT NOT NULL,  -- of an order; of the outbox 'waiting', 'stuck' or 'done'; of a slip ''
  payment TEXT NOT NULL,
  fulfilment TEXT NOT NULL,
  number INTEGER NOT NULL,
  PRIMARY KEY (what, stage, payment, fulfilment)
) STRICT, WITHOUT ROWID;
INSERT INTO tally SELECT 'orders', stage, payment, fulfilment, orders FROM order_tally;
INSERT INTO tally VALUES
  ('outbox', 'waiting', '', '', (SELECT count(*) FROM outbox WHERE state IN (0, 1))),
  ('outbox', 'stuck', '', '', (SELECT count(*) FROM outbox WHERE state IN (3, 4))),
  ('outbox', 'done', '', '', (SELECT count(*) FROM outbox WHERE state = 2)),
  ('slips', '', '', '', (SELECT count(*) FROM print_jobs
                         WHERE state = 0 OR state = 2 OR state = 3 OR state = 5));

DROP TRIGGER orders_come;
DROP TRIGGER orders_move;
DROP TRIGGER orders_go;
DROP TABLE order_tally;
CREATE TRIGGER orders_come AFTER INSERT ON orders WHEN new.version > 0 BEGIN
  INSERT INTO tally VALUES ('orders', new.stage, new.payment, new.fulfilment, 1)
    ON CONFLICT DO UPDATE SET number = number + 1;
END;
CREATE TRIGGER orders_move AFTER UPDATE OF version, stage, payment, fulfilment ON orders
  WHEN (old.version > 0) <> (new.version > 0) OR (new.version > 0 AND
    (old.stage, old.payment, old.fulfilment) <> (new.stage, new.payment, new.fulfilment)) BEGIN
  UPDATE tally SET number = number - 1
    WHERE old.version > 0 AND what = 'orders' AND stage = old.stage AND payment = old.payment
      AND fulfilment = old.fulfilment;
  INSERT INTO tally SELECT 'orders', new.stage, new.payment, new.fulfilment, 1
    WHERE new.version > 0
    ON CONFLICT DO UPDATE SET number = number + 1;
END;
CREATE TRIGGER orders_go AFTER DELETE ON orders WHEN old.version > 0 BEGIN
  UPDATE tally SET number = number - 1
    WHERE what = 'orders' AND stage = old.stage AND payment = old.payment
      AND fulfilment = old.fulfilment;
END;

CREATE TRIGGER outbox_comes AFTER INSERT ON outbox BEGIN
  UPDATE tally SET number = number + 1
    WHERE what = 'outbox' AND payment = '' AND fulfilment = ''
      AND stage = iif(new.state < 2, 'waiting', iif(new.state = 2, 'done', 'stuck'));
END;
CREATE TRIGGER outbox_moves AFTER UPDATE OF state ON outbox WHEN old.state <> new.state BEGIN
  UPDATE tally SET number = number - 1
    WHERE what = 'outbox' AND payment = '' AND fulfilment = ''
      AND stage = iif(old.state < 2, 'waiting', iif(old.state = 2, 'done', 'stuck'));
  UPDATE tally SET number = number + 1
    WHERE what = 'outbox' AND payment = '' AND fulfilment = ''
      AND stage = iif(new.state < 2, 'waiting', iif(new.state = 2, 'done', 'stuck'));
END;
CREATE TRIGGER outbox_goes AFTER DELETE ON outbox BEGIN
  UPDATE tally SET number = number - 1
    WHERE what = 'outbox' AND payment = '' AND fulfilment = ''
      AND stage = iif(old.state < 2, 'waiting', iif(old.state = 2, 'done', 'stuck'));
END;

CREATE TRIGGER slips_come AFTER INSERT ON print_jobs
  WHEN new.state = 0 OR new.state = 2 OR new.state = 3 OR new.state = 5 BEGIN
  UPDATE tally SET number = number + 1
    WHERE what = 'slips' AND stage = '' AND payment = '' AND fulfilment = '';
END;
CREATE TRIGGER slips_move AFTER UPDATE OF state ON print_jobs WHEN old.state <> new.state BEGIN
  UPDATE tally SET number = number
      + (new.state = 0 OR new.state = 2 OR new.state = 3 OR new.state = 5)
      - (old.state = 0 OR old.state = 2 OR old.state = 3 OR old.state = 5)
    WHERE what = 'slips' AND stage = '' AND payment = '' AND fulfilment = '';
END;
CREATE TRIGGER slips_go AFTER DELETE ON print_jobs
  WHEN old.state = 0 OR old.state = 2 OR old.state = 3 OR old.state = 5 BEGIN
  UPDATE tally SET number = number - 1
    WHERE what = 'slips' AND stage = '' AND payment = '' AND fulfilment = '';
END;

-- Part of a name or an address is found where people are kept, once each, and their
-- orders by the address.
CREATE VIRTUAL TABLE customer_trigrams USING fts5 (
  words, content = 'customers', content_rowid = 'id', tokenize = 'trigram case_sensitive 1',
  detail = 'none'
);
INSERT INTO customer_trigrams (customer_trigrams) VALUES ('rebuild');
CREATE TRIGGER customer_trigrams_come AFTER INSERT ON customers BEGIN
  INSERT INTO customer_trigrams (rowid, words) VALUES (new.id, new.words);
END;
CREATE TRIGGER customer_trigrams_go AFTER DELETE ON customers BEGIN
  INSERT INTO customer_trigrams (customer_trigrams, rowid, words)
    VALUES ('delete', old.id, old.words);
END;
CREATE TRIGGER customer_trigrams_change AFTER UPDATE OF words ON customers
  WHEN old.words <> new.words BEGIN
  INSERT INTO customer_trigrams (customer_trigrams, rowid, words)
    VALUES ('delete', old.id, old.words);
  INSERT INTO customer_trigrams (rowid, words) VALUES (new.id, new.words);
END;
DROP INDEX orders_customer;
CREATE INDEX orders_customer ON orders (customer_email, customer_name)
  WHERE customer_name <> '' OR customer_email <> '';
