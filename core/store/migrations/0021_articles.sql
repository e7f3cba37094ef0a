-- What became of an article's stock besides its sales: counted, come in, broken. Who has
-- the article may forget it; what was written stays.
CREATE TABLE stock_moves (
  row INTEGER PRIMARY KEY,
  variant_id INTEGER NOT NULL,
  at INTEGER NOT NULL,
  who TEXT NOT NULL,
  reason TEXT NOT NULL,
  before INTEGER,  -- thousandths; NULL: it was not counted
  after INTEGER
) STRICT;
CREATE INDEX stock_moves_of_variant ON stock_moves (variant_id);
CREATE TRIGGER stock_moves_stay BEFORE UPDATE ON stock_moves
  BEGIN SELECT RAISE(ABORT, 'a move of stock never changes'); END;
CREATE TRIGGER stock_moves_remain BEFORE DELETE ON stock_moves
  BEGIN SELECT RAISE(ABORT, 'a move of stock is never deleted'); END;
