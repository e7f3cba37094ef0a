-- What the platform calls the things that it and the till both know, and how
-- far each kind of pull has come.

CREATE TABLE upstream_variants (
  variant_id INTEGER PRIMARY KEY REFERENCES variants (id) ON DELETE CASCADE,
  upstream_id TEXT NOT NULL UNIQUE,
  product_id TEXT NOT NULL,       -- the platform's, for deletions
  inventory_id TEXT NOT NULL      -- what its stock is counted under; may be empty
) STRICT;
CREATE INDEX upstream_variants_product ON upstream_variants (product_id);
CREATE INDEX upstream_variants_inventory ON upstream_variants (inventory_id)
  WHERE inventory_id <> '';

CREATE TABLE sync_cursors (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;
