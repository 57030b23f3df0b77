-- The index of words: for each record its words, their beginnings and its object, without the texts themselves.

CREATE TABLE search_doc (
    tenant_id  BIGINT   NOT NULL,
    record_id  BIGINT   NOT NULL,
    words      TSVECTOR NOT NULL,
    PRIMARY KEY (tenant_id, record_id)
);

CREATE INDEX search_doc_words ON search_doc USING gin (words) WITH (gin_pending_list_limit = 256);

-- The words that are compared with mistyped ones. `added` is renewed while a word is in use.
CREATE TABLE search_word (
    tenant_id  BIGINT NOT NULL,
    word       TEXT   NOT NULL,
    added      BIGINT NOT NULL,
    PRIMARY KEY (tenant_id, word)
);

CREATE INDEX search_word_by_age ON search_word (tenant_id, added, word);

-- Under row-level security PostgreSQL uses no GIN index for the sake of a caller: the operator might leak what it
-- compares. So the index is asked by these functions, which run as the tables' owner and look at the tenant of the
-- session themselves; the owner, and nobody else, passes the policy.
CREATE POLICY search_doc_functions ON search_doc FOR SELECT TO CURRENT_USER USING (TRUE);

CREATE FUNCTION search_all(asked TEXT) RETURNS SETOF BIGINT
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path FROM CURRENT AS '
BEGIN
    RETURN QUERY EXECUTE
        ''SELECT record_id FROM search_doc
           WHERE tenant_id = current_setting(''''rapport.tenant'''')::bigint AND words @@ $1''
        USING asked::tsquery;
END';

CREATE FUNCTION search_newest(asked TEXT, most BIGINT) RETURNS SETOF BIGINT
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path FROM CURRENT AS '
BEGIN
    RETURN QUERY EXECUTE
        ''SELECT record_id FROM search_doc
           WHERE tenant_id = current_setting(''''rapport.tenant'''')::bigint AND words @@ $1
           ORDER BY record_id DESC LIMIT $2''
        USING asked::tsquery, most;
END';

REVOKE ALL ON FUNCTION search_all(TEXT), search_newest(TEXT, BIGINT) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION search_all(TEXT), search_newest(TEXT, BIGINT) TO rapport_app;
