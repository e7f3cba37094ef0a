-- How large the letters are and which hand works the till: a cashier's own.
-- 0 and an empty hand: as the till.
ALTER TABLE cashiers ADD COLUMN text_percent INTEGER NOT NULL DEFAULT 0;
ALTER TABLE cashiers ADD COLUMN hand TEXT NOT NULL DEFAULT '';
