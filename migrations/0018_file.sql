-- Files: what each is called and is, in which fields of which records it is held, which contents lie on the disk and how
-- many files have each, and what all of them take together.

CREATE TABLE file (
    tenant_id    BIGINT NOT NULL,
    id           BIGINT NOT NULL,
    name         TEXT   NOT NULL,
    kind         TEXT   NOT NULL,
    size_bytes   BIGINT NOT NULL,
    sha256       TEXT   NOT NULL,
    width        BIGINT,
    height       BIGINT,
    is_attached  BIGINT NOT NULL,
    created_by   BIGINT,
    created_at   BIGINT NOT NULL,
    PRIMARY KEY (tenant_id, id)
) /* clustered */;

CREATE INDEX file_by_attached ON file (tenant_id, is_attached, created_at, id);

CREATE TABLE file_use (
    tenant_id  BIGINT NOT NULL,
    file_id    BIGINT NOT NULL,
    record_id  BIGINT NOT NULL,
    field_id   BIGINT NOT NULL,
    object_id  BIGINT NOT NULL,
    is_held    BIGINT NOT NULL,
    PRIMARY KEY (tenant_id, file_id, record_id, field_id),
    FOREIGN KEY (tenant_id, file_id) REFERENCES file (tenant_id, id)
) /* clustered */;

CREATE TABLE file_content (
    tenant_id     BIGINT NOT NULL,
    sha256        TEXT   NOT NULL,
    uses          BIGINT NOT NULL,
    is_condemned  BIGINT NOT NULL,
    PRIMARY KEY (tenant_id, sha256)
) /* clustered */;

CREATE INDEX file_content_by_condemned ON file_content (tenant_id, is_condemned, sha256);

CREATE TABLE file_total (
    tenant_id   BIGINT NOT NULL,
    size_bytes  BIGINT NOT NULL,
    PRIMARY KEY (tenant_id)
) /* clustered */;
