-- Pairs of records that may mean the same, as the last look over all of them found them. Those that somebody has
-- looked at and found different stay dismissed.

CREATE TABLE duplicate (
    tenant_id  BIGINT NOT NULL,
    low_id     BIGINT NOT NULL,
    high_id    BIGINT NOT NULL,
    object_id  BIGINT NOT NULL,
    points     BIGINT NOT NULL,
    reasons    TEXT   NOT NULL,
    state      TEXT   NOT NULL,
    found_at   BIGINT NOT NULL,
    PRIMARY KEY (tenant_id, low_id, high_id)
) /* clustered */;

CREATE INDEX duplicate_by_points ON duplicate (tenant_id, object_id, state, points, low_id, high_id);
