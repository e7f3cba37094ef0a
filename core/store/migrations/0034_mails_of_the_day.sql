-- A Z report is mailed to the owner: a mail of no order.
CREATE TABLE new_outbox (
  row INTEGER PRIMARY KEY,
  key BLOB NOT NULL,
  kind INTEGER NOT NULL,
  order_row INTEGER REFERENCES orders (row),  -- NULL: of no order
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
CREATE INDEX outbox_pushes ON outbox (not_before, row)
  WHERE state IN (0, 1) AND kind <> 1 AND kind < 11;
CREATE INDEX outbox_mails ON outbox (not_before, row)
  WHERE state IN (0, 1) AND (kind = 1 OR kind >= 11);
CREATE INDEX outbox_stuck ON outbox (row) WHERE state IN (3, 4);
CREATE INDEX outbox_of_order ON outbox (order_row, row);
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
