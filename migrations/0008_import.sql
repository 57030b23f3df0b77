-- Files on their way in: what was asked, how far each has come, the file itself in pieces, and the rows that failed.

CREATE TABLE import (
    tenant_id    BIGINT NOT NULL,
    id           BIGINT NOT NULL,
    object       TEXT   NOT NULL,
    state        TEXT   NOT NULL,
    file_name    TEXT   NOT NULL,
    digest       TEXT   NOT NULL,
    total_bytes  BIGINT NOT NULL,
    done_bytes   BIGINT NOT NULL,
    row_number   BIGINT NOT NULL,
    created      BIGINT NOT NULL,
    updated      BIGINT NOT NULL,
    skipped      BIGINT NOT NULL,
    failed       BIGINT NOT NULL,
    options      TEXT   NOT NULL,
    plan         TEXT   NOT NULL,
    action_id    BIGINT NOT NULL,
    created_by   BIGINT,
    created_at   BIGINT NOT NULL,
    finished_at  BIGINT,
    error        TEXT,
    PRIMARY KEY (tenant_id, id)
) /* clustered */;

CREATE INDEX import_by_digest ON import (tenant_id, digest, id);

CREATE TABLE import_chunk (
    tenant_id  BIGINT NOT NULL,
    import_id  BIGINT NOT NULL,
    position   BIGINT NOT NULL,
    bytes      BYTEA  NOT NULL,
    PRIMARY KEY (tenant_id, import_id, position),
    FOREIGN KEY (tenant_id, import_id) REFERENCES import (tenant_id, id)
);

CREATE TABLE import_error (
    tenant_id  BIGINT NOT NULL,
    import_id  BIGINT NOT NULL,
    row_number BIGINT NOT NULL,
    errors     TEXT   NOT NULL,
    PRIMARY KEY (tenant_id, import_id, row_number),
    FOREIGN KEY (tenant_id, import_id) REFERENCES import (tenant_id, id)
) /* clustered */;
