-- Work that happens later: the queue, the clock that feeds it, and how far each reaction has read the log.

-- `due_at` is the next moment at which a worker may take the job: its turn while it waits, the end of the lease
-- while it runs, NULL once it is done or dead. `fence` grows with each taking; who holds an older one may not write.
CREATE TABLE job (
    tenant_id     BIGINT NOT NULL,
    id            BIGINT NOT NULL,
    kind          TEXT   NOT NULL,
    unique_key    TEXT,
    payload       TEXT   NOT NULL,
    user_id       BIGINT,
    state         TEXT   NOT NULL,
    priority      BIGINT NOT NULL,
    due_at        BIGINT,
    attempts      BIGINT NOT NULL,
    max_attempts  BIGINT NOT NULL,
    fence         BIGINT NOT NULL,
    progress      TEXT,
    error         TEXT,
    created_at    BIGINT NOT NULL,
    finished_at   BIGINT,
    PRIMARY KEY (tenant_id, id)
) /* clustered */;

CREATE UNIQUE INDEX job_unique ON job (tenant_id, unique_key);
CREATE INDEX job_due ON job (tenant_id, priority, due_at);
CREATE INDEX job_state ON job (tenant_id, state, id);

CREATE TABLE job_schedule (
    tenant_id  BIGINT NOT NULL,
    name       TEXT   NOT NULL,
    next_at    BIGINT NOT NULL,
    PRIMARY KEY (tenant_id, name)
) /* clustered */;

-- One program at a time reads for a reaction; the lease and its fence keep the others out.
CREATE TABLE reaction_cursor (
    tenant_id    BIGINT NOT NULL,
    name         TEXT   NOT NULL,
    tx           BIGINT NOT NULL,
    seq          BIGINT NOT NULL,
    lease_until  BIGINT NOT NULL,
    fence        BIGINT NOT NULL,
    PRIMARY KEY (tenant_id, name)
) /* clustered */;
