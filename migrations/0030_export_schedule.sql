-- Exports on a schedule: what is written out, when and as whom; and what each time came of it. And of an import, which
-- rows are looked at again at its end, and what was found.

CREATE TABLE export_schedule (
    tenant_id        BIGINT NOT NULL,
    id               BIGINT NOT NULL,
    name             TEXT   NOT NULL,
    object_id        BIGINT NOT NULL,
    shape            TEXT   NOT NULL,
    is_enabled       BIGINT NOT NULL,
    disabled_reason  TEXT,
    turn             BIGINT NOT NULL,
    next_at          BIGINT,
    version          BIGINT NOT NULL,
    created_by       BIGINT NOT NULL,
    created_at       BIGINT NOT NULL,
    PRIMARY KEY (tenant_id, id)
) /* clustered */;

CREATE INDEX export_schedule_by_next ON export_schedule (tenant_id, is_enabled, next_at, id);

CREATE TABLE export_run (
    tenant_id    BIGINT NOT NULL,
    schedule_id  BIGINT NOT NULL,
    id           BIGINT NOT NULL,
    due_at       BIGINT,
    state        TEXT   NOT NULL,
    error        TEXT,
    records      BIGINT NOT NULL,
    file_id      BIGINT,
    started_at   BIGINT NOT NULL,
    finished_at  BIGINT,
    PRIMARY KEY (tenant_id, schedule_id, id)
) /* clustered */;

ALTER TABLE import ADD COLUMN looked_at TEXT;
ALTER TABLE import ADD COLUMN verified TEXT;
