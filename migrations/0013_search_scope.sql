-- The index of words also knows owners and teams of records. Those that were indexed before are read again by a job,
-- which begins here; until it has ended, the place to which it has come stands in this table.

CREATE TABLE search_reindex (
    tenant_id  BIGINT NOT NULL PRIMARY KEY,
    object_id  BIGINT NOT NULL,
    after_id   BIGINT NOT NULL
) /* clustered */;

INSERT INTO search_reindex (tenant_id, object_id, after_id) SELECT tenant_id, 0, 0 FROM tenant;

INSERT INTO job (tenant_id, id, kind, unique_key, payload, state, priority, due_at, attempts, max_attempts, fence, created_at)
    SELECT t.tenant_id, 1, 'records.reindex', 'records.reindex', '{}', 'waiting', 2, 0, 0, 10, 0,
           coalesce((SELECT e.at FROM event e WHERE e.tenant_id = t.tenant_id ORDER BY e.tx DESC, e.seq DESC LIMIT 1), 0)
      FROM tenant t;
