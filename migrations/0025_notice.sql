-- Who follows which records, what users want to hear of, what they are told, and of what they want to be reminded.

CREATE TABLE follower (
    tenant_id     BIGINT NOT NULL,
    record_id     BIGINT NOT NULL,
    user_id       BIGINT NOT NULL,
    object_id     BIGINT NOT NULL,
    because       TEXT   NOT NULL,
    is_following  BIGINT NOT NULL,
    since         BIGINT NOT NULL,
    PRIMARY KEY (tenant_id, record_id, user_id)
) /* clustered */;

CREATE INDEX follower_by_user ON follower (tenant_id, user_id, since, record_id);

CREATE TABLE talk_preference (
    tenant_id  BIGINT NOT NULL,
    user_id    BIGINT NOT NULL,
    chosen     TEXT   NOT NULL,
    PRIMARY KEY (tenant_id, user_id)
) /* clustered */;

-- `bundle` says what is counted up instead of told anew; it is empty once the notice was read.
CREATE TABLE notice (
    tenant_id   BIGINT NOT NULL,
    id          BIGINT NOT NULL,
    user_id     BIGINT NOT NULL,
    kind        TEXT   NOT NULL,
    bundle      TEXT,
    object_id   BIGINT NOT NULL,
    record_id   BIGINT,
    comment_id  BIGINT,
    actor       BIGINT,
    count       BIGINT NOT NULL,
    details     TEXT   NOT NULL,
    tx          BIGINT NOT NULL,
    seq         BIGINT NOT NULL,
    first_at    BIGINT NOT NULL,
    at          BIGINT NOT NULL,
    read_at     BIGINT,
    PRIMARY KEY (tenant_id, id)
) /* clustered */;

CREATE INDEX notice_by_user ON notice (tenant_id, user_id, at, id);
CREATE INDEX notice_by_read ON notice (tenant_id, read_at, id);
CREATE UNIQUE INDEX notice_by_bundle ON notice (tenant_id, user_id, bundle);
CREATE INDEX notice_by_record ON notice (tenant_id, record_id, id);

-- What users want to be reminded of. `user_id` is empty where a task says when: then it is for whoever has the task.
CREATE TABLE reminder (
    tenant_id   BIGINT NOT NULL,
    id          BIGINT NOT NULL,
    object_id   BIGINT NOT NULL,
    record_id   BIGINT NOT NULL,
    user_id     BIGINT,
    created_by  BIGINT,
    note        TEXT,
    due_at      BIGINT NOT NULL,
    fired_at    BIGINT,
    version     BIGINT NOT NULL,
    created_at  BIGINT NOT NULL,
    PRIMARY KEY (tenant_id, id)
) /* clustered */;

CREATE INDEX reminder_by_due ON reminder (tenant_id, fired_at, due_at, id);
CREATE INDEX reminder_by_user ON reminder (tenant_id, user_id, due_at, id);
CREATE INDEX reminder_by_record ON reminder (tenant_id, record_id, due_at, id);

ALTER TABLE task ADD COLUMN remind_at BIGINT;
