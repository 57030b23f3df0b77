-- Where a field's values are on their way to, so that it can be filtered by: a slot with an index.

ALTER TABLE field_definition ADD COLUMN next_slot TEXT;
