-- How an object's records are laid out on screens, for one team or for everybody else (team 0).

CREATE TABLE object_layout (
    tenant_id  BIGINT NOT NULL,
    object_id  BIGINT NOT NULL,
    team_id    BIGINT NOT NULL,
    sections   TEXT   NOT NULL,
    PRIMARY KEY (tenant_id, object_id, team_id)
) /* clustered */;
