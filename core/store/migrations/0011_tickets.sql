-- The latest ticket is asked for before every card payment: not by looking
-- through all payments that have none.
CREATE INDEX card_attempts_ticket ON card_attempts (row, ticket) WHERE ticket <> '';
