-- What the card terminal said when its day was closed, beside what the till had booked
-- since the one before. The latest of a shift counts; it stands in its Z report.
CREATE TABLE terminal_days (
  row INTEGER PRIMARY KEY,
  shift INTEGER REFERENCES shifts (row),  -- NULL: none was open
  at INTEGER NOT NULL,
  is_open INTEGER NOT NULL,  -- the terminal was not reached
  says TEXT NOT NULL,
  currency TEXT NOT NULL,
  ours INTEGER NOT NULL,
  theirs INTEGER NOT NULL,
  last_receipt INTEGER NOT NULL,  -- what was booked up to it was compared
  last_attempt INTEGER NOT NULL
) STRICT;
CREATE INDEX terminal_days_of ON terminal_days (shift);
CREATE TRIGGER terminal_days_stay BEFORE UPDATE ON terminal_days
  BEGIN SELECT RAISE(ABORT, 'a comparison never changes'); END;
CREATE TRIGGER terminal_days_remain BEFORE DELETE ON terminal_days
  BEGIN SELECT RAISE(ABORT, 'a comparison is never deleted'); END;

CREATE TABLE terminal_differences (
  day INTEGER NOT NULL REFERENCES terminal_days (row),
  position INTEGER NOT NULL,
  kind INTEGER NOT NULL,
  ours INTEGER NOT NULL,
  theirs INTEGER NOT NULL,
  reference TEXT NOT NULL,
  order_number TEXT NOT NULL,
  PRIMARY KEY (day, position)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER terminal_differences_stay BEFORE UPDATE ON terminal_differences
  BEGIN SELECT RAISE(ABORT, 'a comparison never changes'); END;
CREATE TRIGGER terminal_differences_remain BEFORE DELETE ON terminal_differences
  BEGIN SELECT RAISE(ABORT, 'a comparison is never deleted'); END;
