-- How far a card attempt has got, what the terminal said of it, and what the
-- terminal wants printed.

ALTER TABLE card_attempts ADD COLUMN kind INTEGER NOT NULL DEFAULT 0;
ALTER TABLE card_attempts ADD COLUMN step INTEGER NOT NULL DEFAULT 0;
ALTER TABLE card_attempts ADD COLUMN terminal TEXT NOT NULL DEFAULT '';
ALTER TABLE card_attempts ADD COLUMN key TEXT NOT NULL DEFAULT '';
ALTER TABLE card_attempts ADD COLUMN ticket TEXT NOT NULL DEFAULT '';
ALTER TABLE card_attempts ADD COLUMN booked INTEGER NOT NULL DEFAULT 0;
ALTER TABLE card_attempts ADD COLUMN original BLOB;
ALTER TABLE card_attempts ADD COLUMN payment BLOB;
CREATE INDEX card_attempts_payment ON card_attempts (payment) WHERE payment IS NOT NULL;
CREATE TRIGGER card_attempts_remain BEFORE DELETE ON card_attempts
  BEGIN SELECT RAISE(ABORT, 'a card attempt is never deleted'); END;

CREATE TABLE terminal_slips (
  row INTEGER PRIMARY KEY,
  attempt BLOB,
  copy INTEGER NOT NULL,
  signature INTEGER NOT NULL,
  lines TEXT NOT NULL,
  state INTEGER NOT NULL,
  reason TEXT NOT NULL DEFAULT '',
  created INTEGER NOT NULL
) STRICT;
CREATE INDEX terminal_slips_open ON terminal_slips (row) WHERE state IN (0, 2, 3);
