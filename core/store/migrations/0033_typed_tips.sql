-- What the customer wanted to give beside the amount and said at the till, not at the
-- terminal: the terminal is asked for both together.
ALTER TABLE card_attempts ADD COLUMN tip INTEGER NOT NULL DEFAULT 0;
