-- Changes of many records that go in slices: what was asked, how far each has come, and what it left as it was.

CREATE TABLE bulk (
    tenant_id    BIGINT NOT NULL,
    id           BIGINT NOT NULL,
    object_id    BIGINT NOT NULL,
    wish         TEXT   NOT NULL,
    state        TEXT   NOT NULL,
    total        BIGINT NOT NULL,
    done         BIGINT NOT NULL,
    changed      BIGINT NOT NULL,
    left_alone   BIGINT NOT NULL,
    place        TEXT   NOT NULL,
    action_id    BIGINT NOT NULL,
    created_by   BIGINT,
    created_at   BIGINT NOT NULL,
    finished_at  BIGINT,
    error        TEXT,
    PRIMARY KEY (tenant_id, id)
) /* clustered */;

CREATE TABLE bulk_left (
    tenant_id  BIGINT NOT NULL,
    bulk_id    BIGINT NOT NULL,
    record_id  BIGINT NOT NULL,
    reason     TEXT   NOT NULL,
    PRIMARY KEY (tenant_id, bulk_id, record_id),
    FOREIGN KEY (tenant_id, bulk_id) REFERENCES bulk (tenant_id, id)
) /* clustered */;

-- An action of a million events is taken back from its end.
DROP INDEX event_of_action;
CREATE INDEX event_of_action ON event (tenant_id, action_id, tx, seq);
