-- Lists that are kept under a name: whose they are, who sees them, and what they show.

CREATE TABLE saved_view (
    tenant_id   BIGINT NOT NULL,
    id          BIGINT NOT NULL,
    object_id   BIGINT NOT NULL,
    name        TEXT   NOT NULL,
    name_key    TEXT   NOT NULL,
    audience    TEXT   NOT NULL,
    team        BIGINT,
    owner       BIGINT,
    shape       TEXT   NOT NULL,
    is_default  BIGINT NOT NULL,
    version     BIGINT NOT NULL,
    created_at  BIGINT NOT NULL,
    updated_at  BIGINT NOT NULL,
    updated_by  BIGINT,
    PRIMARY KEY (tenant_id, id)
) /* clustered */;

CREATE INDEX saved_view_by_object ON saved_view (tenant_id, object_id, name_key, id);
CREATE INDEX saved_view_by_owner ON saved_view (tenant_id, owner, id);
