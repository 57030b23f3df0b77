-- What the record engine keeps for every object: definitions, links, repeated values, taken keys, settings.

CREATE TABLE object_definition (
    tenant_id   BIGINT NOT NULL,
    id          BIGINT NOT NULL,
    name        TEXT   NOT NULL,
    definition  TEXT   NOT NULL,
    PRIMARY KEY (tenant_id, id)
) /* clustered */;

CREATE UNIQUE INDEX object_definition_name ON object_definition (tenant_id, name);

-- Custom fields, also those of standard objects.
CREATE TABLE field_definition (
    tenant_id   BIGINT NOT NULL,
    id          BIGINT NOT NULL,
    object_id   BIGINT NOT NULL,
    name        TEXT   NOT NULL,
    slot        TEXT   NOT NULL,
    position    BIGINT NOT NULL,
    definition  TEXT   NOT NULL,
    PRIMARY KEY (tenant_id, id)
) /* clustered */;

CREATE UNIQUE INDEX field_definition_name ON field_definition (tenant_id, object_id, name);
CREATE UNIQUE INDEX field_definition_slot ON field_definition (tenant_id, object_id, slot);

CREATE TABLE setting (
    tenant_id  BIGINT NOT NULL,
    name       TEXT   NOT NULL,
    value      TEXT   NOT NULL,
    PRIMARY KEY (tenant_id, name)
) /* clustered */;

-- One unit of `currency` is worth `units` / 10^9 of the base currency, from `day` on.
CREATE TABLE rate (
    tenant_id  BIGINT NOT NULL,
    currency   TEXT   NOT NULL,
    day        TEXT   NOT NULL,
    units      BIGINT NOT NULL,
    PRIMARY KEY (tenant_id, currency, day)
) /* clustered */;

-- Records of custom objects.
CREATE TABLE record (
    tenant_id   BIGINT NOT NULL,
    id          BIGINT NOT NULL,
    object_id   BIGINT NOT NULL,
    name        TEXT,
    name_key    TEXT,
    owner       BIGINT,
    team        BIGINT,
    tags        TEXT,
    created_at  BIGINT NOT NULL,
    updated_at  BIGINT NOT NULL,
    created_by  BIGINT,
    updated_by  BIGINT,
    version     BIGINT NOT NULL,
    deleted_at  BIGINT,
    custom      JSONB,
    PRIMARY KEY (tenant_id, id)
) /* clustered */;

CREATE INDEX record_by_object ON record (tenant_id, object_id, id);
CREATE INDEX record_by_name ON record (tenant_id, object_id, name_key, id);

-- To-many relations. Absent while the only one is the field's single twin (contacts.company of contacts.companies).
CREATE TABLE link (
    tenant_id  BIGINT NOT NULL,
    from_id    BIGINT NOT NULL,
    field_id   BIGINT NOT NULL,
    to_id      BIGINT NOT NULL,
    position   BIGINT NOT NULL,
    role       TEXT,
    PRIMARY KEY (tenant_id, from_id, field_id, to_id)
) /* clustered */;

CREATE INDEX link_back ON link (tenant_id, to_id, field_id, from_id);

-- The single values of fields that hold many, for filters and matching. Absent while the only one is the twin's.
CREATE TABLE item (
    tenant_id  BIGINT NOT NULL,
    record_id  BIGINT NOT NULL,
    field_id   BIGINT NOT NULL,
    position   BIGINT NOT NULL,
    value      TEXT   NOT NULL,
    key        TEXT   NOT NULL,
    PRIMARY KEY (tenant_id, record_id, field_id, position)
) /* clustered */;

CREATE INDEX item_by_key ON item (tenant_id, field_id, key, record_id);

-- Values that may stand only once among the living records.
CREATE TABLE unique_key (
    tenant_id  BIGINT NOT NULL,
    field_id   BIGINT NOT NULL,
    key        TEXT   NOT NULL,
    record_id  BIGINT NOT NULL,
    PRIMARY KEY (tenant_id, field_id, key)
) /* clustered */;

CREATE INDEX unique_key_by_record ON unique_key (tenant_id, record_id);

-- Answers already given, so that a repeated request is answered and not done again.
CREATE TABLE idempotency (
    tenant_id  BIGINT NOT NULL,
    key        TEXT   NOT NULL,
    request    TEXT   NOT NULL,
    status     BIGINT NOT NULL,
    answer     TEXT   NOT NULL,
    at         BIGINT NOT NULL,
    PRIMARY KEY (tenant_id, key)
) /* clustered */;

CREATE INDEX idempotency_by_age ON idempotency (tenant_id, at);
