-- The latest ticket is asked for before every card payment: not by looking
-- through all payments that have none.
CREATE INDEX card_attempts_ticket ON card_attempts (row, ticket) WHERE ticket <> '';
-- The platform's orders that are open here are asked about with every pull: not
-- by looking through all that the till has sold.
CREATE INDEX orders_of_platform ON orders (placed, upstream_id)
  WHERE stage = 'open' AND channel <> 'till' AND upstream_id <> '';
