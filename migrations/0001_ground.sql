-- The ground: whose data it is, which programs are writing, and the log of everything that happens.

CREATE TABLE tenant (
    tenant_id BIGINT NOT NULL PRIMARY KEY,
    name      TEXT   NOT NULL UNIQUE
);

-- Numbers 0 to 1023, each in the hands of one running program, so that no two make the same id.
CREATE TABLE node (
    node        BIGINT NOT NULL PRIMARY KEY,
    holder      BIGINT NOT NULL,
    lease_until BIGINT NOT NULL
);

-- Cached rights and definitions are valid as long as these stand still.
CREATE TABLE stamp (
    tenant_id BIGINT NOT NULL PRIMARY KEY,
    access    BIGINT NOT NULL,
    schema    BIGINT NOT NULL
);

-- The log, in the order (tx, seq). On PostgreSQL tx is the transaction's id, elsewhere 0.
CREATE TABLE event (
    tenant_id BIGINT NOT NULL,
    tx        BIGINT NOT NULL,
    seq       BIGINT NOT NULL,
    at        BIGINT NOT NULL,
    action_id BIGINT NOT NULL,
    actor     TEXT   NOT NULL,
    kind      TEXT   NOT NULL,
    object_id BIGINT NOT NULL,
    record_id BIGINT,
    changes   TEXT   NOT NULL,
    PRIMARY KEY (tenant_id, tx, seq)
) /* clustered */;

CREATE INDEX event_of_record ON event (tenant_id, record_id, tx, seq);
CREATE INDEX event_of_action ON event (tenant_id, action_id);

-- Other records on whose time line an event also stands.
CREATE TABLE event_link (
    tenant_id BIGINT NOT NULL,
    record_id BIGINT NOT NULL,
    tx        BIGINT NOT NULL,
    seq       BIGINT NOT NULL,
    PRIMARY KEY (tenant_id, record_id, tx, seq)
) /* clustered */;
