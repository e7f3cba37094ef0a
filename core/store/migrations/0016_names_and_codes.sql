-- Names in other scripts than the Latin one are found in any case of letters and
-- without their accents: what search compares is folded anew where it can differ.
-- Latin letters are folded as they were. The triggers keep the index in step.
CREATE TABLE folded_anew (id INTEGER PRIMARY KEY) STRICT;
INSERT INTO folded_anew SELECT id FROM variants WHERE words GLOB '*[^ -~]*';
UPDATE variants SET words = folded(
    (SELECT title FROM products WHERE id = product_id) || iif(title = '', '', ' ' || title))
  WHERE id IN (SELECT id FROM folded_anew);
INSERT OR IGNORE INTO search_words
  WITH RECURSIVE split (rest, word) AS (
    SELECT words || ' ', '' FROM variants WHERE id IN (SELECT id FROM folded_anew)
    UNION ALL
    SELECT substr(rest, instr(rest, ' ') + 1), substr(rest, 1, instr(rest, ' ') - 1)
    FROM split WHERE rest <> '')
  SELECT word FROM split WHERE word <> '';
DROP TABLE folded_anew;
UPDATE customers SET words = folded(name || ' ' || email) WHERE words GLOB '*[^ -~]*';

-- One spelling for one barcode: without the apostrophe of an export and the hyphens
-- of a book, with the zeros that the bars have. Where another article has that
-- spelling already, the old one stays.
UPDATE OR IGNORE barcodes SET code = normal_barcode(code) WHERE code <> normal_barcode(code);
