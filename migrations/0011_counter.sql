-- The last number given to a record by each field that numbers them, where the pattern shows the year in each year.

CREATE TABLE counter (
    tenant_id  BIGINT NOT NULL,
    field_id   BIGINT NOT NULL,
    name       TEXT   NOT NULL,
    value      BIGINT NOT NULL,
    PRIMARY KEY (tenant_id, field_id, name)
) /* clustered */;
