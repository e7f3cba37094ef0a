-- What reports are read by. A report of a past day never changes with the catalogue, so a
-- line keeps the category that its article had; lines of before have none.
ALTER TABLE order_lines ADD COLUMN category TEXT NOT NULL DEFAULT '';
ALTER TABLE receipt_lines ADD COLUMN category TEXT NOT NULL DEFAULT '';

-- Receipts' times grow with their numbers, so that those of a day are found without an
-- index: but for receipts that were made on a clock set back. Each begins a run of its own.
CREATE TABLE receipt_runs (first_row INTEGER PRIMARY KEY) STRICT;
INSERT INTO receipt_runs
  SELECT row FROM (SELECT row, finished, lag(finished) OVER (ORDER BY row) AS before FROM receipts)
  WHERE finished < before;

-- The sums of days that are over, made while the till rests. They are believed only where
-- the receipts of the day are the same as then.
CREATE TABLE day_sums (
  begins INTEGER PRIMARY KEY,
  ends INTEGER NOT NULL,
  made_of TEXT NOT NULL,  -- currency, zone, hour and the rows of the receipts
  sums TEXT NOT NULL,
  articles TEXT NOT NULL
) STRICT;

CREATE TRIGGER receipts_turn_back AFTER INSERT ON receipts
  WHEN new.finished <
    (SELECT finished FROM receipts WHERE row < new.row ORDER BY row DESC LIMIT 1) BEGIN
  INSERT INTO receipt_runs VALUES (new.row);
  -- What was voided meanwhile is in no receipt: a day to spare.
  DELETE FROM day_sums WHERE ends > new.finished - 86400000;
END;

-- What platforms took for their orders, by time. No payment of a sale is in it.
CREATE INDEX transactions_outside_by_time ON transactions (at, kind, state, amount, version)
  WHERE outside = 1;
