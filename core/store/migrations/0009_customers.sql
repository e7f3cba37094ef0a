-- Who has bought before, here or at the platform: found again by the first
-- letters of a name or an address. Those of the orders so far come first.
CREATE TABLE customers (
  id INTEGER PRIMARY KEY,
  upstream_id TEXT NOT NULL DEFAULT '',    -- empty: the platform does not know them
  name TEXT NOT NULL,
  email TEXT NOT NULL COLLATE NOCASE,
  language TEXT NOT NULL,
  words TEXT NOT NULL                      -- name and address, folded
) STRICT;
CREATE UNIQUE INDEX customers_upstream ON customers (upstream_id) WHERE upstream_id <> '';
CREATE UNIQUE INDEX customers_email ON customers (email) WHERE email <> '';

CREATE VIRTUAL TABLE customer_words USING fts5 (
  words, content = 'customers', content_rowid = 'id', detail = 'none', prefix = '2 3'
);
CREATE TRIGGER customers_come AFTER INSERT ON customers BEGIN
  INSERT INTO customer_words (rowid, words) VALUES (new.id, new.words);
END;
CREATE TRIGGER customers_go AFTER DELETE ON customers BEGIN
  INSERT INTO customer_words (customer_words, rowid, words) VALUES ('delete', old.id, old.words);
END;
CREATE TRIGGER customers_change AFTER UPDATE OF words ON customers WHEN old.words <> new.words BEGIN
  INSERT INTO customer_words (customer_words, rowid, words) VALUES ('delete', old.id, old.words);
  INSERT INTO customer_words (rowid, words) VALUES (new.id, new.words);
END;

INSERT OR IGNORE INTO customers (name, email, language, words)
  SELECT customer_name, customer_email, customer_language,
         folded(customer_name || ' ' || customer_email)
  FROM orders WHERE customer_email <> '' AND version > 0 ORDER BY placed DESC;
