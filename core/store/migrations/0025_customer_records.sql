-- A customer is a record of its own: with an address and a company for an invoice, what
-- was said about mail, and orders that point to it. Its number is never given again.
ALTER TABLE customers ADD COLUMN company TEXT NOT NULL DEFAULT '';
ALTER TABLE customers ADD COLUMN phone TEXT NOT NULL DEFAULT '';
ALTER TABLE customers ADD COLUMN street TEXT NOT NULL DEFAULT '';
ALTER TABLE customers ADD COLUMN postcode TEXT NOT NULL DEFAULT '';
ALTER TABLE customers ADD COLUMN city TEXT NOT NULL DEFAULT '';
ALTER TABLE customers ADD COLUMN country TEXT NOT NULL DEFAULT '';
ALTER TABLE customers ADD COLUMN vat_id TEXT NOT NULL DEFAULT '';
ALTER TABLE customers ADD COLUMN notes TEXT NOT NULL DEFAULT '';
ALTER TABLE customers ADD COLUMN created INTEGER NOT NULL DEFAULT 0;
ALTER TABLE customers ADD COLUMN state INTEGER NOT NULL DEFAULT 0;  -- 1: merged, 2: removed
ALTER TABLE customers ADD COLUMN merged_into INTEGER;
CREATE INDEX customers_merged ON customers (merged_into) WHERE merged_into IS NOT NULL;
CREATE TRIGGER customers_remain BEFORE DELETE ON customers
  BEGIN SELECT RAISE(ABORT, 'a number of a customer is never given again'); END;

-- What was said about mail, and to whom. The latest counts.
CREATE TABLE customer_consents (
  row INTEGER PRIMARY KEY,
  customer INTEGER NOT NULL REFERENCES customers (id),
  given INTEGER NOT NULL,
  at INTEGER NOT NULL,
  who TEXT NOT NULL
) STRICT;
CREATE INDEX customer_consents_of ON customer_consents (customer);

-- Whose order it is. What the order says of the customer is what was said then.
ALTER TABLE orders ADD COLUMN customer INTEGER REFERENCES customers (id);
UPDATE orders SET customer = (SELECT id FROM customers WHERE email = customer_email)
  WHERE customer_email <> '' AND version > 0;
CREATE INDEX orders_of_customer ON orders (customer, placed) WHERE customer IS NOT NULL;
UPDATE customers
  SET created = coalesce((SELECT min(placed) FROM orders WHERE customer = customers.id), 0);

-- What a receipt says of its customer and the order no longer does: an invoice's address,
-- and the name of somebody who was removed.
CREATE TABLE receipt_customers (
  receipt_row INTEGER PRIMARY KEY REFERENCES receipts (row),
  customer INTEGER NOT NULL REFERENCES customers (id),
  name TEXT NOT NULL,
  address TEXT NOT NULL,  -- as that of an order; empty: none was printed
  vat_id TEXT NOT NULL
) STRICT;
CREATE TRIGGER receipt_customers_stay BEFORE UPDATE ON receipt_customers
  BEGIN SELECT RAISE(ABORT, 'a receipt never changes'); END;
CREATE TRIGGER receipt_customers_remain BEFORE DELETE ON receipt_customers
  BEGIN SELECT RAISE(ABORT, 'a receipt is never deleted'); END;
