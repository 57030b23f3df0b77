-- Maps of columns that are kept under a name, for files that come again.

CREATE TABLE import_mapping (
    tenant_id  BIGINT NOT NULL,
    id         BIGINT NOT NULL,
    object     TEXT   NOT NULL,
    name       TEXT   NOT NULL,
    name_key   TEXT   NOT NULL,
    map        TEXT   NOT NULL,
    created_by BIGINT,
    created_at BIGINT NOT NULL,
    PRIMARY KEY (tenant_id, id)
) /* clustered */;

CREATE UNIQUE INDEX import_mapping_by_name ON import_mapping (tenant_id, object, name_key);
