-- Where the journal carries a receipt, so that the hash of that entry can be printed
-- on it and pushed with it.
ALTER TABLE receipts ADD COLUMN journal_seq INTEGER NOT NULL DEFAULT 0;
CREATE TABLE places (code TEXT PRIMARY KEY, seq INTEGER NOT NULL) STRICT, WITHOUT ROWID;
INSERT INTO places SELECT subject, min(seq) FROM journal WHERE kind = 'receipt' GROUP BY subject;
DROP TRIGGER receipts_stay;
UPDATE receipts SET
  journal_seq = coalesce((SELECT seq FROM places WHERE places.code = receipts.code), 0);
CREATE TRIGGER receipts_stay BEFORE UPDATE ON receipts
  BEGIN SELECT RAISE(ABORT, 'a receipt never changes'); END;
DROP TABLE places;

-- Wrong PINs in a row for each person, who is locked until when, and how many of
-- them no manager has been told of yet.
ALTER TABLE cashiers ADD COLUMN wrong_pins INTEGER NOT NULL DEFAULT 0;
ALTER TABLE cashiers ADD COLUMN locked_until INTEGER NOT NULL DEFAULT 0;
ALTER TABLE cashiers ADD COLUMN guesses INTEGER NOT NULL DEFAULT 0;
ALTER TABLE cashiers ADD COLUMN last_guess INTEGER NOT NULL DEFAULT 0;
