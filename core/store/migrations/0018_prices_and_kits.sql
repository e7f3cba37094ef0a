-- What a platform's catalogue says beyond one price and one count.

-- What a variant will cost: each price holds from its time on, and is gone from
-- here when it has become the variant's own.
CREATE TABLE coming_prices (
  variant_id INTEGER NOT NULL REFERENCES variants (id) ON DELETE CASCADE,
  at INTEGER NOT NULL,
  price_minor INTEGER NOT NULL,
  compare_at_minor INTEGER,
  PRIMARY KEY (variant_id, at)
) STRICT, WITHOUT ROWID;
CREATE INDEX coming_prices_by_time ON coming_prices (at);

-- A kit can be sold as often as its scarcest part lasts.
CREATE TABLE kit_parts (
  variant_id INTEGER NOT NULL REFERENCES variants (id) ON DELETE CASCADE,
  inventory_id TEXT NOT NULL,
  required INTEGER NOT NULL CHECK (required > 0),  -- pieces for one kit
  available INTEGER,  -- thousandths, less what was sold here; NULL: not told yet
  PRIMARY KEY (variant_id, inventory_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX kit_parts_by_inventory ON kit_parts (inventory_id);

-- The catalogue is read once more as a whole, for what was not asked before.
DELETE FROM sync_cursors WHERE name IN ('medusa products', 'medusa variants');
