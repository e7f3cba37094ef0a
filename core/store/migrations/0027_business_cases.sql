-- What a line is in business where it is not goods, and whether the goods of an order that
-- is paid in parts went along with the first one.
ALTER TABLE order_lines ADD COLUMN business_case INTEGER NOT NULL DEFAULT 0;
ALTER TABLE receipt_lines ADD COLUMN business_case INTEGER NOT NULL DEFAULT 0;
ALTER TABLE orders ADD COLUMN goods_along INTEGER NOT NULL DEFAULT 0;

-- The version of the text that the journal has of a receipt, and how its tips are taxed
-- where they are the shop's own (NULL: they are not).
ALTER TABLE receipts ADD COLUMN text INTEGER NOT NULL DEFAULT 1;
ALTER TABLE receipts ADD COLUMN house_tips TEXT;
