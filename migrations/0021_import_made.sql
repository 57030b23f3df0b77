-- What an import made beside its rows' own records, for the references in them: how many of which object, and names.

ALTER TABLE import ADD COLUMN made TEXT;
