-- The options of standard choices as an administrator wants them: labels, colours, order, and more of them.
CREATE TABLE field_options (
    tenant_id  BIGINT NOT NULL,
    object_id  BIGINT NOT NULL,
    field_id   BIGINT NOT NULL,
    options    TEXT   NOT NULL,
    PRIMARY KEY (tenant_id, object_id, field_id)
) /* clustered */;

-- A field that is filled from another one, of another type, until it takes its place: from which, and whether it is
-- the one that had been there before.
ALTER TABLE field_definition ADD COLUMN fills_from BIGINT;
ALTER TABLE field_definition ADD COLUMN fills_back BIGINT;
