-- Who may enter and what they may do: users, teams, roles as data, sessions, tokens.

-- A deleted user keeps the row, for history still names it, and gives back the address (`email_key` is NULL).
CREATE TABLE app_user (
    tenant_id   BIGINT NOT NULL,
    id          BIGINT NOT NULL,
    email       TEXT   NOT NULL,
    email_key   TEXT,
    name        TEXT   NOT NULL,
    name_key    TEXT   NOT NULL,
    language    TEXT   NOT NULL,
    active      BIGINT NOT NULL,
    password    TEXT,
    version     BIGINT NOT NULL,
    created_at  BIGINT NOT NULL,
    updated_at  BIGINT NOT NULL,
    deleted_at  BIGINT,
    PRIMARY KEY (tenant_id, id)
) /* clustered */;

CREATE UNIQUE INDEX app_user_email ON app_user (tenant_id, email_key);
CREATE INDEX app_user_name ON app_user (tenant_id, name_key, id);

CREATE TABLE team (
    tenant_id   BIGINT NOT NULL,
    id          BIGINT NOT NULL,
    name        TEXT   NOT NULL,
    name_key    TEXT   NOT NULL,
    parent      BIGINT,
    version     BIGINT NOT NULL,
    created_at  BIGINT NOT NULL,
    updated_at  BIGINT NOT NULL,
    PRIMARY KEY (tenant_id, id),
    FOREIGN KEY (tenant_id, parent) REFERENCES team (tenant_id, id)
) /* clustered */;

CREATE UNIQUE INDEX team_name ON team (tenant_id, name_key);
CREATE INDEX team_parent ON team (tenant_id, parent);

-- `definition` is the role's JSON; `everything` repeats its flag so that SQL can ask for it.
CREATE TABLE role (
    tenant_id   BIGINT NOT NULL,
    id          BIGINT NOT NULL,
    name        TEXT   NOT NULL,
    definition  TEXT   NOT NULL,
    everything  BIGINT NOT NULL,
    version     BIGINT NOT NULL,
    created_at  BIGINT NOT NULL,
    updated_at  BIGINT NOT NULL,
    PRIMARY KEY (tenant_id, id)
) /* clustered */;

CREATE UNIQUE INDEX role_name ON role (tenant_id, name);

CREATE TABLE user_role (
    tenant_id  BIGINT NOT NULL,
    user_id    BIGINT NOT NULL,
    role_id    BIGINT NOT NULL,
    PRIMARY KEY (tenant_id, user_id, role_id),
    FOREIGN KEY (tenant_id, user_id) REFERENCES app_user (tenant_id, id),
    FOREIGN KEY (tenant_id, role_id) REFERENCES role (tenant_id, id)
) /* clustered */;

CREATE INDEX user_role_role ON user_role (tenant_id, role_id);

-- In the order given: new records go to the owner's first team.
CREATE TABLE user_team (
    tenant_id  BIGINT NOT NULL,
    user_id    BIGINT NOT NULL,
    team_id    BIGINT NOT NULL,
    position   BIGINT NOT NULL,
    PRIMARY KEY (tenant_id, user_id, team_id),
    FOREIGN KEY (tenant_id, user_id) REFERENCES app_user (tenant_id, id),
    FOREIGN KEY (tenant_id, team_id) REFERENCES team (tenant_id, id)
) /* clustered */;

CREATE INDEX user_team_team ON user_team (tenant_id, team_id);

-- Browsers. `hash` is the SHA-256 of the cookie: who reads this table can sign in nowhere.
CREATE TABLE session (
    tenant_id   BIGINT NOT NULL,
    hash        BYTEA  NOT NULL,
    user_id     BIGINT NOT NULL,
    created_at  BIGINT NOT NULL,
    seen_at     BIGINT NOT NULL,
    expires_at  BIGINT NOT NULL,
    PRIMARY KEY (tenant_id, hash),
    FOREIGN KEY (tenant_id, user_id) REFERENCES app_user (tenant_id, id)
) /* clustered */;

CREATE INDEX session_user ON session (tenant_id, user_id);
CREATE INDEX session_expiry ON session (tenant_id, expires_at);

-- Programs. `scopes` is a JSON list, NULL where the token may do all that its user may.
CREATE TABLE api_token (
    tenant_id     BIGINT NOT NULL,
    id            BIGINT NOT NULL,
    user_id       BIGINT NOT NULL,
    name          TEXT   NOT NULL,
    hash          BYTEA  NOT NULL,
    scopes        TEXT,
    version       BIGINT NOT NULL,
    created_at    BIGINT NOT NULL,
    expires_at    BIGINT,
    last_used_at  BIGINT,
    PRIMARY KEY (tenant_id, id),
    FOREIGN KEY (tenant_id, user_id) REFERENCES app_user (tenant_id, id)
) /* clustered */;

CREATE INDEX api_token_user ON api_token (tenant_id, user_id, id);

-- Failed sign-ins by account and by address (both hashed), for the growing delay.
CREATE TABLE login_attempt (
    tenant_id      BIGINT NOT NULL,
    subject        TEXT   NOT NULL,
    failures       BIGINT NOT NULL,
    blocked_until  BIGINT NOT NULL,
    last_at        BIGINT NOT NULL,
    PRIMARY KEY (tenant_id, subject)
) /* clustered */;

CREATE INDEX login_attempt_age ON login_attempt (tenant_id, last_at);

-- The hash of the code that lets the first administrator in; gone as soon as there is a user.
CREATE TABLE setup_code (
    tenant_id  BIGINT NOT NULL PRIMARY KEY,
    hash       BYTEA  NOT NULL
);
