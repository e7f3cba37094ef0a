-- The key that the country has for how a line is taxed: two may have one rate. 0: of before
-- there were keys.
ALTER TABLE order_lines ADD COLUMN tax_key INTEGER NOT NULL DEFAULT 0;
ALTER TABLE receipt_lines ADD COLUMN tax_key INTEGER NOT NULL DEFAULT 0;
ALTER TABLE order_extras ADD COLUMN tax_key INTEGER NOT NULL DEFAULT 0;
ALTER TABLE receipt_extras ADD COLUMN tax_key INTEGER NOT NULL DEFAULT 0;
ALTER TABLE vouchers ADD COLUMN tax_key INTEGER NOT NULL DEFAULT 0;
CREATE TRIGGER vouchers_keep_key BEFORE UPDATE OF tax_key ON vouchers
  BEGIN SELECT RAISE(ABORT, 'a voucher stays taxed as it was'); END;
