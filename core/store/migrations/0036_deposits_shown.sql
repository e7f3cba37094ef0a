-- What is charged as the deposit of an article stands with it.
DROP VIEW sellable;
CREATE VIEW sellable AS
SELECT v.id, p.title AS product_title, v.title, v.sku, v.price_minor, v.currency,
       v.compare_at_minor, v.unit, v.tax_code, coalesce(c.name, '') AS category,
       coalesce(c.colour, 8) AS colour, v.stock, v.low_stock, v.picture, v.digital, v.gift_card,
       v.favourite, v.popularity,
       (SELECT group_concat(code, char(10)) FROM barcodes WHERE variant_id = v.id) AS codes,
       v.words, v.category_id,
       (SELECT d.price_minor FROM deposits JOIN variants d ON d.id = deposits.deposit
        WHERE deposits.article = v.id) AS deposit
FROM variants v JOIN products p ON p.id = v.product_id
LEFT JOIN categories c ON c.id = v.category_id;
