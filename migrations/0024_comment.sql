-- What people say to each other about records: comments with their answers, and what others feel about them.

CREATE TABLE comment (
    tenant_id   BIGINT NOT NULL,
    id          BIGINT NOT NULL,
    object_id   BIGINT NOT NULL,
    record_id   BIGINT NOT NULL,
    parent_id   BIGINT,
    author      BIGINT,
    body        TEXT   NOT NULL,
    version     BIGINT NOT NULL,
    created_at  BIGINT NOT NULL,
    edited_at   BIGINT,
    deleted_at  BIGINT,
    deleted_by  BIGINT,
    pinned_at   BIGINT,
    pinned_by   BIGINT,
    PRIMARY KEY (tenant_id, id)
) /* clustered */;

CREATE INDEX comment_by_record ON comment (tenant_id, record_id, id);
CREATE INDEX comment_by_parent ON comment (tenant_id, parent_id, id);

CREATE TABLE comment_reaction (
    tenant_id   BIGINT NOT NULL,
    comment_id  BIGINT NOT NULL,
    emoji       TEXT   NOT NULL,
    user_id     BIGINT NOT NULL,
    created_at  BIGINT NOT NULL,
    PRIMARY KEY (tenant_id, comment_id, emoji, user_id),
    FOREIGN KEY (tenant_id, comment_id) REFERENCES comment (tenant_id, id)
) /* clustered */;
