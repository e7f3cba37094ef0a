-- Doubles a shop whose shifts are all closed: whatever happened in it happens once more
-- behind it, whole days later, with numbers that go on. Ten times make a thousand days of
-- one. Only the journal's hashes are the old ones: what is rung up afterwards is chained
-- behind the last of them, and can be proved.
BEGIN;
CREATE TEMP TABLE by_ AS SELECT
  (SELECT max(row) FROM orders) AS orders,
  (SELECT max(row) FROM receipts) AS receipts,
  (SELECT max(seq) FROM journal) AS entries,
  (SELECT max(row) FROM shifts) AS shifts,
  (SELECT max(z_number) FROM shifts) AS closings,
  (SELECT coalesce(max(row), 0) FROM card_attempts) AS attempts,
  (SELECT coalesce(max(row), 0) FROM print_jobs) AS slips,
  (SELECT coalesce(max(row), 0) FROM outbox) AS outbox,
  (SELECT coalesce(max(row), 0) FROM signing_transactions) AS signings,
  (SELECT coalesce(max(number), 0) FROM signing_transactions) AS numbers,
  (SELECT coalesce(max(row), 0) FROM signatures) AS signatures,
  (SELECT coalesce(max(counter), 0) FROM signatures) AS counters,
  (SELECT 86400000 * (1 + (max(finished) - min(finished)) / 86400000) FROM receipts) AS later;

CREATE TEMP TABLE again AS SELECT * FROM orders;
UPDATE again SET row = row + by_.orders, last_receipt = last_receipt + by_.receipts,
  id = CAST(printf('%08x', row + by_.orders) || substr(id, 9) AS BLOB),
  number = printf('%.3s%06d', number, row + by_.orders),
  created = created + later, placed = placed + later FROM by_;
INSERT INTO orders SELECT * FROM again;
DROP TABLE again;

CREATE TEMP TABLE again AS SELECT * FROM order_lines;
UPDATE again SET order_row = order_row + by_.orders FROM by_;
INSERT INTO order_lines SELECT * FROM again;
DROP TABLE again;

CREATE TEMP TABLE again AS SELECT * FROM order_events;
UPDATE again SET order_row = order_row + by_.orders, at = at + later FROM by_;
INSERT INTO order_events SELECT * FROM again;
DROP TABLE again;

CREATE TEMP TABLE again AS SELECT * FROM transactions;
UPDATE again SET order_row = order_row + by_.orders, at = at + later FROM by_;
INSERT INTO transactions SELECT * FROM again;
DROP TABLE again;

CREATE TEMP TABLE again AS SELECT * FROM card_attempts;
UPDATE again SET row = row + by_.attempts, order_row = order_row + by_.orders,
  id = CAST(printf('%08x', row + by_.attempts) || substr(id, 9) AS BLOB),
  started = started + later FROM by_;
INSERT INTO card_attempts SELECT * FROM again;
DROP TABLE again;

CREATE TEMP TABLE again AS SELECT * FROM journal;
UPDATE again SET seq = seq + by_.entries, at = at + later,
  subject = iif(kind = 'receipt', printf('%.4s%06d', subject, substr(subject, 5) + by_.receipts),
                subject) FROM by_;
INSERT INTO journal SELECT * FROM again;
DROP TABLE again;

CREATE TEMP TABLE again AS SELECT * FROM receipts;
UPDATE again SET row = row + by_.receipts, order_row = order_row + by_.orders,
  id = CAST(printf('%08x', row + by_.receipts) || substr(id, 9) AS BLOB),
  code = printf('%.4s%06d', code, row + by_.receipts),
  started = started + later, finished = finished + later,
  previous = iif(previous > 0, previous + by_.receipts, 0), reverses = reverses + by_.receipts,
  journal_seq = journal_seq + by_.entries FROM by_;
INSERT INTO receipts SELECT * FROM again;
DROP TABLE again;

CREATE TEMP TABLE again AS SELECT * FROM cash_movements;
UPDATE again SET receipt_row = receipt_row + by_.receipts FROM by_;
INSERT INTO cash_movements SELECT * FROM again;
DROP TABLE again;

CREATE TEMP TABLE again AS SELECT * FROM shifts;
UPDATE again SET row = row + by_.shifts, z_number = z_number + by_.closings,
  opened = opened + later, closed = closed + later,
  after_receipt = after_receipt + by_.receipts, last_receipt = last_receipt + by_.receipts,
  after_entry = after_entry + by_.entries FROM by_;
INSERT INTO shifts SELECT * FROM again;
DROP TABLE again;

CREATE TEMP TABLE again AS SELECT * FROM print_jobs;
UPDATE again SET row = row + by_.slips, receipt_row = receipt_row + by_.receipts,
  created = created + later FROM by_;
INSERT INTO print_jobs SELECT * FROM again;
DROP TABLE again;

CREATE TEMP TABLE again AS SELECT * FROM outbox;
UPDATE again SET row = row + by_.outbox, order_row = order_row + by_.orders,
  key = CAST(printf('%08x', row + by_.outbox) || substr(key, 9) AS BLOB),
  receipt_row = receipt_row + by_.receipts,
  created = created + later, not_before = not_before + later FROM by_;
INSERT INTO outbox SELECT * FROM again;
DROP TABLE again;

CREATE TEMP TABLE again AS SELECT * FROM signing_transactions;
UPDATE again SET row = row + by_.signings, order_row = order_row + by_.orders,
  receipt_row = receipt_row + by_.receipts,
  id = CAST(printf('%08x', row + by_.signings) || substr(id, 9) AS BLOB),
  begun = begun + later, ended = ended + later, number = number + by_.numbers FROM by_;
INSERT INTO signing_transactions SELECT * FROM again;
DROP TABLE again;

CREATE TEMP TABLE again AS SELECT * FROM signatures;
UPDATE again SET row = row + by_.signatures, transaction_row = transaction_row + by_.signings,
  number = number + by_.numbers, counter = counter + by_.counters, time = time + later FROM by_;
INSERT INTO signatures SELECT * FROM again;
DROP TABLE again;

UPDATE counters SET value = (SELECT max(row) FROM orders) WHERE name = 'orders';
DROP TABLE by_;
COMMIT;
