-- Any number of roles. Each says what it may beside what it began as, a cashier or a
-- manager; permissions that a later version brings are those of that beginning.
CREATE TABLE roles (
  row INTEGER PRIMARY KEY AUTOINCREMENT,
  name TEXT NOT NULL UNIQUE,
  base TEXT NOT NULL,
  discount_limit INTEGER,  -- basis points; NULL: none
  refund_limit INTEGER,    -- minor units
  cash_out_limit INTEGER
) STRICT;
INSERT INTO roles VALUES (1, 'cashier', 'cashier', 2000, NULL, NULL),
  (2, 'manager', 'manager', NULL, NULL, NULL);
CREATE TABLE role_permissions (
  role INTEGER NOT NULL REFERENCES roles (row),
  permission TEXT NOT NULL,
  allowed INTEGER NOT NULL,
  PRIMARY KEY (role, permission)
) STRICT, WITHOUT ROWID;

-- A card that signs in where it is scanned, kept as a PIN is.
ALTER TABLE cashiers ADD COLUMN badge_hash TEXT NOT NULL DEFAULT '';
