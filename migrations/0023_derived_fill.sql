-- Fields whose values are made from others and are still being filled in, and how far that has come.

CREATE TABLE derived_fill (
    tenant_id  BIGINT NOT NULL,
    field_id   BIGINT NOT NULL,
    object_id  BIGINT NOT NULL,
    after_id   BIGINT NOT NULL,
    -- Filled once; from then on it is filled a second time.
    again_at   BIGINT,
    PRIMARY KEY (tenant_id, field_id)
) /* clustered */;
