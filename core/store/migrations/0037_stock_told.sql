-- The move of stock that a row of the outbox tells; NULL: it tells something else.
ALTER TABLE outbox ADD COLUMN stock_move INTEGER;
CREATE INDEX outbox_stock ON outbox (stock_move) WHERE stock_move IS NOT NULL;
