-- Relations: one row for each hierarchy, locked by those who change it, so that two cannot make a circle together; the
-- days of links; and templates of records.

CREATE TABLE hierarchy (
    tenant_id  BIGINT NOT NULL,
    field_id   BIGINT NOT NULL,
    PRIMARY KEY (tenant_id, field_id)
) /* clustered */;

ALTER TABLE link ADD COLUMN from_day TEXT;
ALTER TABLE link ADD COLUMN until_day TEXT;

CREATE TABLE record_template (
    tenant_id    BIGINT NOT NULL,
    id           BIGINT NOT NULL,
    object_id    BIGINT NOT NULL,
    name         TEXT   NOT NULL,
    name_key     TEXT   NOT NULL,
    audience     TEXT   NOT NULL,
    team         BIGINT,
    owner        BIGINT,
    content      TEXT   NOT NULL,
    version      BIGINT NOT NULL,
    created_at   BIGINT NOT NULL,
    updated_at   BIGINT NOT NULL,
    updated_by   BIGINT,
    PRIMARY KEY (tenant_id, id)
) /* clustered */;

CREATE INDEX record_template_by_object ON record_template (tenant_id, object_id, name_key, id);
CREATE INDEX record_template_by_owner ON record_template (tenant_id, owner, id);
