-- A slip is noted as `sending` (5) before its first byte leaves, so that a till
-- that is stopped then asks instead of printing it again; `sent` (6) is the end
-- where a printer cannot say more. `printer`: 0 the receipt printer, 1 the second
-- one. `repeated`: it may be on paper already, so it is headed COPY.
ALTER TABLE print_jobs ADD COLUMN printer INTEGER NOT NULL DEFAULT 0;
ALTER TABLE print_jobs ADD COLUMN repeated INTEGER NOT NULL DEFAULT 0;
DROP INDEX print_jobs_open;
CREATE INDEX print_jobs_open ON print_jobs (row) WHERE state IN (0, 2, 3, 5);
