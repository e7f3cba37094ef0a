-- What the shop sells. Orders copy what they need from here, so any row may go.

CREATE TABLE categories (
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL UNIQUE,
  colour INTEGER NOT NULL CHECK (colour BETWEEN 1 AND 8)
) STRICT;

CREATE TABLE products (
  id INTEGER PRIMARY KEY,
  handle TEXT NOT NULL UNIQUE,
  title TEXT NOT NULL
) STRICT;

-- One row for each import or edit: tells what a file no longer names.
CREATE TABLE catalogue_changes (
  id INTEGER PRIMARY KEY,
  source TEXT NOT NULL
) STRICT;

CREATE TABLE variants (
  id INTEGER PRIMARY KEY,
  product_id INTEGER NOT NULL REFERENCES products (id),
  title TEXT NOT NULL,
  sku TEXT NOT NULL COLLATE NOCASE,
  price_minor INTEGER NOT NULL CHECK (price_minor >= 0),
  currency TEXT NOT NULL,
  compare_at_minor INTEGER,
  unit INTEGER NOT NULL,                    -- 0 piece, 1 kilogram
  tax_code TEXT NOT NULL,
  category_id INTEGER REFERENCES categories (id),
  stock INTEGER,                            -- thousandths; NULL: not counted
  low_stock INTEGER NOT NULL,               -- thousandths
  picture TEXT NOT NULL,
  digital INTEGER NOT NULL,
  gift_card INTEGER NOT NULL,
  favourite INTEGER NOT NULL,               -- place from 1; 0: none
  popularity INTEGER NOT NULL DEFAULT 0,    -- times sold here
  words TEXT NOT NULL,                      -- product and variant title, folded for search
  change_id INTEGER NOT NULL REFERENCES catalogue_changes (id)
) STRICT;
CREATE INDEX variants_of_product ON variants (product_id);
CREATE INDEX variants_by_sku ON variants (sku) WHERE sku <> '';
CREATE INDEX variants_by_words ON variants (words);
CREATE INDEX variants_by_category ON variants (category_id);
CREATE INDEX variants_by_favourite ON variants (favourite) WHERE favourite > 0;
CREATE INDEX variants_by_popularity ON variants (popularity DESC, id, words) WHERE popularity > 0;

CREATE TABLE barcodes (
  code TEXT PRIMARY KEY,
  variant_id INTEGER NOT NULL REFERENCES variants (id) ON DELETE CASCADE
) STRICT, WITHOUT ROWID;
CREATE INDEX barcodes_of_variant ON barcodes (variant_id);

-- A variant with all that a tile or a line item needs.
CREATE VIEW sellable AS
SELECT v.id, p.title AS product_title, v.title, v.sku, v.price_minor, v.currency,
       v.compare_at_minor, v.unit, v.tax_code, coalesce(c.name, '') AS category,
       coalesce(c.colour, 8) AS colour, v.stock, v.low_stock, v.picture, v.digital, v.gift_card,
       v.favourite, v.popularity,
       (SELECT group_concat(code, char(10)) FROM barcodes WHERE variant_id = v.id) AS codes,
       v.words, v.category_id
FROM variants v JOIN products p ON p.id = v.product_id
LEFT JOIN categories c ON c.id = v.category_id;

-- Search: words and their beginnings; any three letters in a row; and the
-- vocabulary, in which a mistyped word is looked up.
CREATE VIRTUAL TABLE variant_words USING fts5 (
  words, content = 'variants', content_rowid = 'id', tokenize = 'ascii',
  prefix = '1 2 3', detail = none, columnsize = 0);
CREATE VIRTUAL TABLE variant_trigrams USING fts5 (
  words, content = 'variants', content_rowid = 'id', tokenize = 'trigram case_sensitive 1',
  detail = none, columnsize = 0);
CREATE TABLE search_words (word TEXT PRIMARY KEY) STRICT, WITHOUT ROWID;

-- New rows are indexed by the writer, all at once: a trigger would make FTS5
-- write its buffer to disk with every row.
CREATE TRIGGER variants_renamed AFTER UPDATE OF words ON variants WHEN old.words <> new.words BEGIN
  INSERT INTO variant_words (variant_words, rowid, words) VALUES ('delete', old.id, old.words);
  INSERT INTO variant_trigrams (variant_trigrams, rowid, words) VALUES ('delete', old.id, old.words);
  INSERT INTO variant_words (rowid, words) VALUES (new.id, new.words);
  INSERT INTO variant_trigrams (rowid, words) VALUES (new.id, new.words);
END;
CREATE TRIGGER variants_gone AFTER DELETE ON variants BEGIN
  INSERT INTO variant_words (variant_words, rowid, words) VALUES ('delete', old.id, old.words);
  INSERT INTO variant_trigrams (variant_trigrams, rowid, words) VALUES ('delete', old.id, old.words);
END;
