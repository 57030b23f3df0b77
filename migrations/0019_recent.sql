-- What each user looked at last.

CREATE TABLE recent (
    tenant_id  BIGINT NOT NULL,
    user_id    BIGINT NOT NULL,
    record_id  BIGINT NOT NULL,
    object_id  BIGINT NOT NULL,
    seen_at    BIGINT NOT NULL,
    PRIMARY KEY (tenant_id, user_id, record_id)
) /* clustered */;

-- The index of words also knows numbers without the country before them: all records are read again.

INSERT INTO search_reindex (tenant_id, object_id, after_id)
    SELECT tenant_id, 0, 0 FROM tenant WHERE TRUE
    ON CONFLICT (tenant_id) DO UPDATE SET object_id = 0, after_id = 0;

INSERT INTO job (tenant_id, id, kind, unique_key, payload, state, priority, due_at, attempts, max_attempts, fence, created_at)
    SELECT t.tenant_id, 2, 'records.reindex', 'records.reindex', '{}', 'waiting', 2, 0, 0, 10, 0,
           coalesce((SELECT e.at FROM event e WHERE e.tenant_id = t.tenant_id ORDER BY e.tx DESC, e.seq DESC LIMIT 1), 0)
      FROM tenant t WHERE NOT EXISTS (SELECT 1 FROM job j WHERE j.tenant_id = t.tenant_id AND j.id = 2)
       AND NOT EXISTS (SELECT 1 FROM job j WHERE j.tenant_id = t.tenant_id AND j.unique_key = 'records.reindex');
