-- What an import took over, column by column: names, fields and cells that were not empty.

ALTER TABLE import ADD COLUMN filled TEXT;
