-- The schema after all migrations, for reading. Written by a test: RAPPORT_REGENERATE=1 cargo test -p db schema

CREATE TABLE api_token (
    tenant_id bigint NOT NULL,
    id bigint NOT NULL,
    user_id bigint NOT NULL,
    name text COLLATE "C" NOT NULL,
    hash bytea NOT NULL,
    scopes text COLLATE "C",
    version bigint NOT NULL,
    created_at bigint NOT NULL,
    expires_at bigint,
    last_used_at bigint
);
ALTER TABLE api_token ADD CONSTRAINT api_token_pkey PRIMARY KEY (tenant_id, id);
ALTER TABLE api_token ADD CONSTRAINT api_token_tenant_id_user_id_fkey FOREIGN KEY (tenant_id, user_id) REFERENCES app_user(tenant_id, id);
CREATE INDEX api_token_user ON api_token USING btree (tenant_id NULLS FIRST, user_id NULLS FIRST, id NULLS FIRST);
CREATE POLICY tenant ON api_token USING (tenant_id = (current_setting('rapport.tenant'::text))::bigint);

CREATE TABLE app_user (
    tenant_id bigint NOT NULL,
    id bigint NOT NULL,
    email text COLLATE "C" NOT NULL,
    email_key text COLLATE "C",
    name text COLLATE "C" NOT NULL,
    name_key text COLLATE "C" NOT NULL,
    language text COLLATE "C" NOT NULL,
    active bigint NOT NULL,
    password text COLLATE "C",
    version bigint NOT NULL,
    created_at bigint NOT NULL,
    updated_at bigint NOT NULL,
    deleted_at bigint
);
ALTER TABLE app_user ADD CONSTRAINT app_user_pkey PRIMARY KEY (tenant_id, id);
CREATE UNIQUE INDEX app_user_email ON app_user USING btree (tenant_id NULLS FIRST, email_key NULLS FIRST);
CREATE INDEX app_user_name ON app_user USING btree (tenant_id NULLS FIRST, name_key NULLS FIRST, id NULLS FIRST);
CREATE POLICY tenant ON app_user USING (tenant_id = (current_setting('rapport.tenant'::text))::bigint);

CREATE TABLE bulk (
    tenant_id bigint NOT NULL,
    id bigint NOT NULL,
    object_id bigint NOT NULL,
    wish text COLLATE "C" NOT NULL,
    state text COLLATE "C" NOT NULL,
    total bigint NOT NULL,
    done bigint NOT NULL,
    changed bigint NOT NULL,
    left_alone bigint NOT NULL,
    place text COLLATE "C" NOT NULL,
    action_id bigint NOT NULL,
    created_by bigint,
    created_at bigint NOT NULL,
    finished_at bigint,
    error text COLLATE "C"
);
ALTER TABLE bulk ADD CONSTRAINT bulk_pkey PRIMARY KEY (tenant_id, id);
CREATE INDEX bulk_by_action ON bulk USING btree (tenant_id NULLS FIRST, action_id NULLS FIRST);
CREATE POLICY tenant ON bulk USING (tenant_id = (current_setting('rapport.tenant'::text))::bigint);

CREATE TABLE bulk_left (
    tenant_id bigint NOT NULL,
    bulk_id bigint NOT NULL,
    record_id bigint NOT NULL,
    reason text COLLATE "C" NOT NULL
);
ALTER TABLE bulk_left ADD CONSTRAINT bulk_left_pkey PRIMARY KEY (tenant_id, bulk_id, record_id);
ALTER TABLE bulk_left ADD CONSTRAINT bulk_left_tenant_id_bulk_id_fkey FOREIGN KEY (tenant_id, bulk_id) REFERENCES bulk(tenant_id, id);
CREATE POLICY tenant ON bulk_left USING (tenant_id = (current_setting('rapport.tenant'::text))::bigint);

CREATE TABLE comment (
    tenant_id bigint NOT NULL,
    id bigint NOT NULL,
    object_id bigint NOT NULL,
    record_id bigint NOT NULL,
    parent_id bigint,
    author bigint,
    body text COLLATE "C" NOT NULL,
    version bigint NOT NULL,
    created_at bigint NOT NULL,
    edited_at bigint,
    deleted_at bigint,
    deleted_by bigint,
    pinned_at bigint,
    pinned_by bigint
);
ALTER TABLE comment ADD CONSTRAINT comment_pkey PRIMARY KEY (tenant_id, id);
CREATE INDEX comment_by_parent ON comment USING btree (tenant_id NULLS FIRST, parent_id NULLS FIRST, id NULLS FIRST);
CREATE INDEX comment_by_record ON comment USING btree (tenant_id NULLS FIRST, record_id NULLS FIRST, id NULLS FIRST);
CREATE POLICY tenant ON comment USING (tenant_id = (current_setting('rapport.tenant'::text))::bigint);

CREATE TABLE comment_reaction (
    tenant_id bigint NOT NULL,
    comment_id bigint NOT NULL,
    emoji text COLLATE "C" NOT NULL,
    user_id bigint NOT NULL,
    created_at bigint NOT NULL
);
ALTER TABLE comment_reaction ADD CONSTRAINT comment_reaction_pkey PRIMARY KEY (tenant_id, comment_id, emoji, user_id);
ALTER TABLE comment_reaction ADD CONSTRAINT comment_reaction_tenant_id_comment_id_fkey FOREIGN KEY (tenant_id, comment_id) REFERENCES comment(tenant_id, id);
CREATE POLICY tenant ON comment_reaction USING (tenant_id = (current_setting('rapport.tenant'::text))::bigint);

CREATE TABLE company (
    tenant_id bigint NOT NULL,
    id bigint NOT NULL,
    name text COLLATE "C",
    name_key text COLLATE "C",
    legal_name text COLLATE "C",
    legal_name_key text COLLATE "C",
    tax_id text COLLATE "C",
    tax_id_key text COLLATE "C",
    website text COLLATE "C",
    website_key text COLLATE "C",
    industry text COLLATE "C",
    industry_key text COLLATE "C",
    email text COLLATE "C",
    email_key text COLLATE "C",
    phone text COLLATE "C",
    street text COLLATE "C",
    street_key text COLLATE "C",
    postcode text COLLATE "C",
    postcode_key text COLLATE "C",
    city text COLLATE "C",
    city_key text COLLATE "C",
    region text COLLATE "C",
    region_key text COLLATE "C",
    country text COLLATE "C",
    parent bigint,
    kind text COLLATE "C",
    external_id text COLLATE "C",
    external_id_key text COLLATE "C",
    owner bigint,
    team bigint,
    tags text COLLATE "C",
    created_at bigint NOT NULL,
    updated_at bigint NOT NULL,
    created_by bigint,
    updated_by bigint,
    version bigint NOT NULL,
    deleted_at bigint,
    custom jsonb
);
ALTER TABLE company ADD CONSTRAINT company_pkey PRIMARY KEY (tenant_id, id);
ALTER TABLE company ADD CONSTRAINT company_tenant_id_parent_fkey FOREIGN KEY (tenant_id, parent) REFERENCES company(tenant_id, id);
CREATE INDEX company_by_external_id ON company USING btree (tenant_id NULLS FIRST, external_id_key NULLS FIRST, id NULLS FIRST);
CREATE INDEX company_by_name ON company USING btree (tenant_id NULLS FIRST, name_key NULLS FIRST, id NULLS FIRST);
CREATE INDEX company_by_parent ON company USING btree (tenant_id NULLS FIRST, parent NULLS FIRST, id NULLS FIRST);
CREATE INDEX company_by_tax_id ON company USING btree (tenant_id NULLS FIRST, tax_id_key NULLS FIRST, id NULLS FIRST);
CREATE POLICY tenant ON company USING (tenant_id = (current_setting('rapport.tenant'::text))::bigint);

CREATE TABLE contact (
    tenant_id bigint NOT NULL,
    id bigint NOT NULL,
    first_name text COLLATE "C",
    first_name_key text COLLATE "C",
    last_name text COLLATE "C",
    last_name_key text COLLATE "C",
    email text COLLATE "C",
    email_key text COLLATE "C",
    emails text COLLATE "C",
    phone text COLLATE "C",
    phones text COLLATE "C",
    company bigint,
    companies text COLLATE "C",
    job_title text COLLATE "C",
    job_title_key text COLLATE "C",
    street text COLLATE "C",
    street_key text COLLATE "C",
    postcode text COLLATE "C",
    postcode_key text COLLATE "C",
    city text COLLATE "C",
    city_key text COLLATE "C",
    region text COLLATE "C",
    region_key text COLLATE "C",
    country text COLLATE "C",
    addresses text COLLATE "C",
    language text COLLATE "C",
    birth_date text COLLATE "C",
    segment text COLLATE "C",
    segment_key text COLLATE "C",
    source text COLLATE "C",
    source_key text COLLATE "C",
    external_id text COLLATE "C",
    external_id_key text COLLATE "C",
    owner bigint,
    team bigint,
    tags text COLLATE "C",
    created_at bigint NOT NULL,
    updated_at bigint NOT NULL,
    created_by bigint,
    updated_by bigint,
    version bigint NOT NULL,
    deleted_at bigint,
    custom jsonb
);
ALTER TABLE contact ADD CONSTRAINT contact_pkey PRIMARY KEY (tenant_id, id);
ALTER TABLE contact ADD CONSTRAINT contact_tenant_id_company_fkey FOREIGN KEY (tenant_id, company) REFERENCES company(tenant_id, id);
CREATE INDEX contact_by_city ON contact USING btree (tenant_id NULLS FIRST, city_key NULLS FIRST, last_name_key NULLS FIRST, id NULLS FIRST);
CREATE INDEX contact_by_company ON contact USING btree (tenant_id NULLS FIRST, company NULLS FIRST, id NULLS FIRST);
CREATE INDEX contact_by_email ON contact USING btree (tenant_id NULLS FIRST, email_key NULLS FIRST, id NULLS FIRST);
CREATE INDEX contact_by_external_id ON contact USING btree (tenant_id NULLS FIRST, external_id_key NULLS FIRST, id NULLS FIRST);
CREATE INDEX contact_by_last_name ON contact USING btree (tenant_id NULLS FIRST, last_name_key NULLS FIRST, id NULLS FIRST);
CREATE INDEX contact_by_owner ON contact USING btree (tenant_id NULLS FIRST, owner NULLS FIRST, last_name_key NULLS FIRST, id NULLS FIRST);
CREATE INDEX contact_by_phone ON contact USING btree (tenant_id NULLS FIRST, phone NULLS FIRST, id NULLS FIRST);
CREATE POLICY tenant ON contact USING (tenant_id = (current_setting('rapport.tenant'::text))::bigint);

CREATE TABLE counter (
    tenant_id bigint NOT NULL,
    field_id bigint NOT NULL,
    name text COLLATE "C" NOT NULL,
    value bigint NOT NULL
);
ALTER TABLE counter ADD CONSTRAINT counter_pkey PRIMARY KEY (tenant_id, field_id, name);
CREATE POLICY tenant ON counter USING (tenant_id = (current_setting('rapport.tenant'::text))::bigint);

CREATE TABLE derived_fill (
    tenant_id bigint NOT NULL,
    field_id bigint NOT NULL,
    object_id bigint NOT NULL,
    after_id bigint NOT NULL,
    again_at bigint
);
ALTER TABLE derived_fill ADD CONSTRAINT derived_fill_pkey PRIMARY KEY (tenant_id, field_id);
CREATE POLICY tenant ON derived_fill USING (tenant_id = (current_setting('rapport.tenant'::text))::bigint);

CREATE TABLE duplicate (
    tenant_id bigint NOT NULL,
    low_id bigint NOT NULL,
    high_id bigint NOT NULL,
    object_id bigint NOT NULL,
    points bigint NOT NULL,
    reasons text COLLATE "C" NOT NULL,
    state text COLLATE "C" NOT NULL,
    found_at bigint NOT NULL
);
ALTER TABLE duplicate ADD CONSTRAINT duplicate_pkey PRIMARY KEY (tenant_id, low_id, high_id);
CREATE INDEX duplicate_by_points ON duplicate USING btree (tenant_id NULLS FIRST, object_id NULLS FIRST, state NULLS FIRST, points NULLS FIRST, low_id NULLS FIRST, high_id NULLS FIRST);
CREATE POLICY tenant ON duplicate USING (tenant_id = (current_setting('rapport.tenant'::text))::bigint);

CREATE TABLE event (
    tenant_id bigint NOT NULL,
    tx bigint NOT NULL,
    seq bigint NOT NULL,
    at bigint NOT NULL,
    action_id bigint NOT NULL,
    actor text COLLATE "C" NOT NULL,
    kind text COLLATE "C" NOT NULL,
    object_id bigint NOT NULL,
    record_id bigint,
    changes text COLLATE "C" NOT NULL
);
ALTER TABLE event ADD CONSTRAINT event_pkey PRIMARY KEY (tenant_id, tx, seq);
CREATE INDEX event_of_action ON event USING btree (tenant_id NULLS FIRST, action_id NULLS FIRST, tx NULLS FIRST, seq NULLS FIRST);
CREATE INDEX event_of_record ON event USING btree (tenant_id NULLS FIRST, record_id NULLS FIRST, tx NULLS FIRST, seq NULLS FIRST);
CREATE POLICY tenant ON event USING (tenant_id = (current_setting('rapport.tenant'::text))::bigint);

CREATE TABLE event_link (
    tenant_id bigint NOT NULL,
    record_id bigint NOT NULL,
    tx bigint NOT NULL,
    seq bigint NOT NULL
);
ALTER TABLE event_link ADD CONSTRAINT event_link_pkey PRIMARY KEY (tenant_id, record_id, tx, seq);
CREATE POLICY tenant ON event_link USING (tenant_id = (current_setting('rapport.tenant'::text))::bigint);

CREATE TABLE export_run (
    tenant_id bigint NOT NULL,
    schedule_id bigint NOT NULL,
    id bigint NOT NULL,
    due_at bigint,
    state text COLLATE "C" NOT NULL,
    error text COLLATE "C",
    records bigint NOT NULL,
    file_id bigint,
    started_at bigint NOT NULL,
    finished_at bigint
);
ALTER TABLE export_run ADD CONSTRAINT export_run_pkey PRIMARY KEY (tenant_id, schedule_id, id);
CREATE POLICY tenant ON export_run USING (tenant_id = (current_setting('rapport.tenant'::text))::bigint);

CREATE TABLE export_schedule (
    tenant_id bigint NOT NULL,
    id bigint NOT NULL,
    name text COLLATE "C" NOT NULL,
    object_id bigint NOT NULL,
    shape text COLLATE "C" NOT NULL,
    is_enabled bigint NOT NULL,
    disabled_reason text COLLATE "C",
    turn bigint NOT NULL,
    next_at bigint,
    version bigint NOT NULL,
    created_by bigint NOT NULL,
    created_at bigint NOT NULL
);
ALTER TABLE export_schedule ADD CONSTRAINT export_schedule_pkey PRIMARY KEY (tenant_id, id);
CREATE INDEX export_schedule_by_next ON export_schedule USING btree (tenant_id NULLS FIRST, is_enabled NULLS FIRST, next_at NULLS FIRST, id NULLS FIRST);
CREATE POLICY tenant ON export_schedule USING (tenant_id = (current_setting('rapport.tenant'::text))::bigint);

CREATE TABLE field_definition (
    tenant_id bigint NOT NULL,
    id bigint NOT NULL,
    object_id bigint NOT NULL,
    name text COLLATE "C" NOT NULL,
    slot text COLLATE "C" NOT NULL,
    position bigint NOT NULL,
    definition text COLLATE "C" NOT NULL,
    next_slot text COLLATE "C",
    deleted_at bigint,
    fills_from bigint,
    fills_back bigint
);
ALTER TABLE field_definition ADD CONSTRAINT field_definition_pkey PRIMARY KEY (tenant_id, id);
CREATE UNIQUE INDEX field_definition_name ON field_definition USING btree (tenant_id NULLS FIRST, object_id NULLS FIRST, name NULLS FIRST);
CREATE UNIQUE INDEX field_definition_slot ON field_definition USING btree (tenant_id NULLS FIRST, object_id NULLS FIRST, slot NULLS FIRST);
CREATE POLICY tenant ON field_definition USING (tenant_id = (current_setting('rapport.tenant'::text))::bigint);

CREATE TABLE field_options (
    tenant_id bigint NOT NULL,
    object_id bigint NOT NULL,
    field_id bigint NOT NULL,
    options text COLLATE "C" NOT NULL
);
ALTER TABLE field_options ADD CONSTRAINT field_options_pkey PRIMARY KEY (tenant_id, object_id, field_id);
CREATE POLICY tenant ON field_options USING (tenant_id = (current_setting('rapport.tenant'::text))::bigint);

CREATE TABLE file (
    tenant_id bigint NOT NULL,
    id bigint NOT NULL,
    name text COLLATE "C" NOT NULL,
    kind text COLLATE "C" NOT NULL,
    size_bytes bigint NOT NULL,
    sha256 text COLLATE "C" NOT NULL,
    width bigint,
    height bigint,
    is_attached bigint NOT NULL,
    created_by bigint,
    created_at bigint NOT NULL
);
ALTER TABLE file ADD CONSTRAINT file_pkey PRIMARY KEY (tenant_id, id);
CREATE INDEX file_by_attached ON file USING btree (tenant_id NULLS FIRST, is_attached NULLS FIRST, created_at NULLS FIRST, id NULLS FIRST);
CREATE POLICY tenant ON file USING (tenant_id = (current_setting('rapport.tenant'::text))::bigint);

CREATE TABLE file_content (
    tenant_id bigint NOT NULL,
    sha256 text COLLATE "C" NOT NULL,
    uses bigint NOT NULL,
    is_condemned bigint NOT NULL
);
ALTER TABLE file_content ADD CONSTRAINT file_content_pkey PRIMARY KEY (tenant_id, sha256);
CREATE INDEX file_content_by_condemned ON file_content USING btree (tenant_id NULLS FIRST, is_condemned NULLS FIRST, sha256 NULLS FIRST);
CREATE POLICY tenant ON file_content USING (tenant_id = (current_setting('rapport.tenant'::text))::bigint);

CREATE TABLE file_total (
    tenant_id bigint NOT NULL,
    size_bytes bigint NOT NULL
);
ALTER TABLE file_total ADD CONSTRAINT file_total_pkey PRIMARY KEY (tenant_id);
CREATE POLICY tenant ON file_total USING (tenant_id = (current_setting('rapport.tenant'::text))::bigint);

CREATE TABLE file_use (
    tenant_id bigint NOT NULL,
    file_id bigint NOT NULL,
    record_id bigint NOT NULL,
    field_id bigint NOT NULL,
    object_id bigint NOT NULL,
    is_held bigint NOT NULL
);
ALTER TABLE file_use ADD CONSTRAINT file_use_pkey PRIMARY KEY (tenant_id, file_id, record_id, field_id);
ALTER TABLE file_use ADD CONSTRAINT file_use_tenant_id_file_id_fkey FOREIGN KEY (tenant_id, file_id) REFERENCES file(tenant_id, id);
CREATE POLICY tenant ON file_use USING (tenant_id = (current_setting('rapport.tenant'::text))::bigint);

CREATE TABLE follower (
    tenant_id bigint NOT NULL,
    record_id bigint NOT NULL,
    user_id bigint NOT NULL,
    object_id bigint NOT NULL,
    because text COLLATE "C" NOT NULL,
    is_following bigint NOT NULL,
    since bigint NOT NULL
);
ALTER TABLE follower ADD CONSTRAINT follower_pkey PRIMARY KEY (tenant_id, record_id, user_id);
CREATE INDEX follower_by_user ON follower USING btree (tenant_id NULLS FIRST, user_id NULLS FIRST, since NULLS FIRST, record_id NULLS FIRST);
CREATE POLICY tenant ON follower USING (tenant_id = (current_setting('rapport.tenant'::text))::bigint);

CREATE TABLE hierarchy (
    tenant_id bigint NOT NULL,
    field_id bigint NOT NULL
);
ALTER TABLE hierarchy ADD CONSTRAINT hierarchy_pkey PRIMARY KEY (tenant_id, field_id);
CREATE POLICY tenant ON hierarchy USING (tenant_id = (current_setting('rapport.tenant'::text))::bigint);

CREATE TABLE idempotency (
    tenant_id bigint NOT NULL,
    key text COLLATE "C" NOT NULL,
    request text COLLATE "C" NOT NULL,
    status bigint NOT NULL,
    answer text COLLATE "C" NOT NULL,
    at bigint NOT NULL
);
ALTER TABLE idempotency ADD CONSTRAINT idempotency_pkey PRIMARY KEY (tenant_id, key);
CREATE INDEX idempotency_by_age ON idempotency USING btree (tenant_id NULLS FIRST, at NULLS FIRST);
CREATE POLICY tenant ON idempotency USING (tenant_id = (current_setting('rapport.tenant'::text))::bigint);

CREATE TABLE import (
    tenant_id bigint NOT NULL,
    id bigint NOT NULL,
    object text COLLATE "C" NOT NULL,
    state text COLLATE "C" NOT NULL,
    file_name text COLLATE "C" NOT NULL,
    digest text COLLATE "C" NOT NULL,
    total_bytes bigint NOT NULL,
    done_bytes bigint NOT NULL,
    row_number bigint NOT NULL,
    created bigint NOT NULL,
    updated bigint NOT NULL,
    skipped bigint NOT NULL,
    failed bigint NOT NULL,
    options text COLLATE "C" NOT NULL,
    plan text COLLATE "C" NOT NULL,
    action_id bigint NOT NULL,
    created_by bigint,
    created_at bigint NOT NULL,
    finished_at bigint,
    error text COLLATE "C",
    filled text COLLATE "C",
    made text COLLATE "C",
    looked_at text COLLATE "C",
    verified text COLLATE "C"
);
ALTER TABLE import ADD CONSTRAINT import_pkey PRIMARY KEY (tenant_id, id);
CREATE INDEX import_by_action ON import USING btree (tenant_id NULLS FIRST, action_id NULLS FIRST);
CREATE INDEX import_by_digest ON import USING btree (tenant_id NULLS FIRST, digest NULLS FIRST, id NULLS FIRST);
CREATE POLICY tenant ON import USING (tenant_id = (current_setting('rapport.tenant'::text))::bigint);

CREATE TABLE import_chunk (
    tenant_id bigint NOT NULL,
    import_id bigint NOT NULL,
    position bigint NOT NULL,
    bytes bytea NOT NULL
);
ALTER TABLE import_chunk ADD CONSTRAINT import_chunk_pkey PRIMARY KEY (tenant_id, import_id, "position");
ALTER TABLE import_chunk ADD CONSTRAINT import_chunk_tenant_id_import_id_fkey FOREIGN KEY (tenant_id, import_id) REFERENCES import(tenant_id, id);
CREATE POLICY tenant ON import_chunk USING (tenant_id = (current_setting('rapport.tenant'::text))::bigint);

CREATE TABLE import_error (
    tenant_id bigint NOT NULL,
    import_id bigint NOT NULL,
    row_number bigint NOT NULL,
    errors text COLLATE "C" NOT NULL
);
ALTER TABLE import_error ADD CONSTRAINT import_error_pkey PRIMARY KEY (tenant_id, import_id, row_number);
ALTER TABLE import_error ADD CONSTRAINT import_error_tenant_id_import_id_fkey FOREIGN KEY (tenant_id, import_id) REFERENCES import(tenant_id, id);
CREATE POLICY tenant ON import_error USING (tenant_id = (current_setting('rapport.tenant'::text))::bigint);

CREATE TABLE import_mapping (
    tenant_id bigint NOT NULL,
    id bigint NOT NULL,
    object text COLLATE "C" NOT NULL,
    name text COLLATE "C" NOT NULL,
    name_key text COLLATE "C" NOT NULL,
    map text COLLATE "C" NOT NULL,
    created_by bigint,
    created_at bigint NOT NULL
);
ALTER TABLE import_mapping ADD CONSTRAINT import_mapping_pkey PRIMARY KEY (tenant_id, id);
CREATE UNIQUE INDEX import_mapping_by_name ON import_mapping USING btree (tenant_id NULLS FIRST, object NULLS FIRST, name_key NULLS FIRST);
CREATE POLICY tenant ON import_mapping USING (tenant_id = (current_setting('rapport.tenant'::text))::bigint);

CREATE TABLE item (
    tenant_id bigint NOT NULL,
    record_id bigint NOT NULL,
    field_id bigint NOT NULL,
    position bigint NOT NULL,
    value text COLLATE "C" NOT NULL,
    key text COLLATE "C" NOT NULL
);
ALTER TABLE item ADD CONSTRAINT item_pkey PRIMARY KEY (tenant_id, record_id, field_id, "position");
CREATE INDEX item_by_key ON item USING btree (tenant_id NULLS FIRST, field_id NULLS FIRST, key NULLS FIRST, record_id NULLS FIRST);
CREATE POLICY tenant ON item USING (tenant_id = (current_setting('rapport.tenant'::text))::bigint);

CREATE TABLE job (
    tenant_id bigint NOT NULL,
    id bigint NOT NULL,
    kind text COLLATE "C" NOT NULL,
    unique_key text COLLATE "C",
    payload text COLLATE "C" NOT NULL,
    user_id bigint,
    state text COLLATE "C" NOT NULL,
    priority bigint NOT NULL,
    due_at bigint,
    attempts bigint NOT NULL,
    max_attempts bigint NOT NULL,
    fence bigint NOT NULL,
    progress text COLLATE "C",
    error text COLLATE "C",
    created_at bigint NOT NULL,
    finished_at bigint
);
ALTER TABLE job ADD CONSTRAINT job_pkey PRIMARY KEY (tenant_id, id);
CREATE INDEX job_due ON job USING btree (tenant_id NULLS FIRST, priority NULLS FIRST, due_at NULLS FIRST);
CREATE INDEX job_state ON job USING btree (tenant_id NULLS FIRST, state NULLS FIRST, id NULLS FIRST);
CREATE UNIQUE INDEX job_unique ON job USING btree (tenant_id NULLS FIRST, unique_key NULLS FIRST);
CREATE POLICY tenant ON job USING (tenant_id = (current_setting('rapport.tenant'::text))::bigint);

CREATE TABLE job_schedule (
    tenant_id bigint NOT NULL,
    name text COLLATE "C" NOT NULL,
    next_at bigint NOT NULL
);
ALTER TABLE job_schedule ADD CONSTRAINT job_schedule_pkey PRIMARY KEY (tenant_id, name);
CREATE POLICY tenant ON job_schedule USING (tenant_id = (current_setting('rapport.tenant'::text))::bigint);

CREATE TABLE link (
    tenant_id bigint NOT NULL,
    from_id bigint NOT NULL,
    field_id bigint NOT NULL,
    to_id bigint NOT NULL,
    position bigint NOT NULL,
    role text COLLATE "C",
    from_day text COLLATE "C",
    until_day text COLLATE "C"
);
ALTER TABLE link ADD CONSTRAINT link_pkey PRIMARY KEY (tenant_id, from_id, field_id, to_id);
CREATE INDEX link_back ON link USING btree (tenant_id NULLS FIRST, to_id NULLS FIRST, field_id NULLS FIRST, from_id NULLS FIRST);
CREATE POLICY tenant ON link USING (tenant_id = (current_setting('rapport.tenant'::text))::bigint);

CREATE TABLE login_attempt (
    tenant_id bigint NOT NULL,
    subject text COLLATE "C" NOT NULL,
    failures bigint NOT NULL,
    blocked_until bigint NOT NULL,
    last_at bigint NOT NULL
);
ALTER TABLE login_attempt ADD CONSTRAINT login_attempt_pkey PRIMARY KEY (tenant_id, subject);
CREATE INDEX login_attempt_age ON login_attempt USING btree (tenant_id NULLS FIRST, last_at NULLS FIRST);
CREATE POLICY tenant ON login_attempt USING (tenant_id = (current_setting('rapport.tenant'::text))::bigint);

CREATE TABLE migration (
    number bigint NOT NULL,
    name text NOT NULL,
    digest text NOT NULL,
    at bigint NOT NULL
);
ALTER TABLE migration ADD CONSTRAINT migration_pkey PRIMARY KEY (number);

CREATE TABLE node (
    node bigint NOT NULL,
    holder bigint NOT NULL,
    lease_until bigint NOT NULL
);
ALTER TABLE node ADD CONSTRAINT node_pkey PRIMARY KEY (node);

CREATE TABLE note (
    tenant_id bigint NOT NULL,
    id bigint NOT NULL,
    body text COLLATE "C",
    body_key text COLLATE "C",
    about bigint,
    about_object bigint,
    owner bigint,
    team bigint,
    tags text COLLATE "C",
    created_at bigint NOT NULL,
    updated_at bigint NOT NULL,
    created_by bigint,
    updated_by bigint,
    version bigint NOT NULL,
    deleted_at bigint,
    custom jsonb
);
ALTER TABLE note ADD CONSTRAINT note_pkey PRIMARY KEY (tenant_id, id);
CREATE INDEX note_by_about ON note USING btree (tenant_id NULLS FIRST, about NULLS FIRST, id NULLS FIRST);
CREATE POLICY tenant ON note USING (tenant_id = (current_setting('rapport.tenant'::text))::bigint);

CREATE TABLE notice (
    tenant_id bigint NOT NULL,
    id bigint NOT NULL,
    user_id bigint NOT NULL,
    kind text COLLATE "C" NOT NULL,
    bundle text COLLATE "C",
    object_id bigint NOT NULL,
    record_id bigint,
    comment_id bigint,
    actor bigint,
    count bigint NOT NULL,
    details text COLLATE "C" NOT NULL,
    tx bigint NOT NULL,
    seq bigint NOT NULL,
    first_at bigint NOT NULL,
    at bigint NOT NULL,
    read_at bigint
);
ALTER TABLE notice ADD CONSTRAINT notice_pkey PRIMARY KEY (tenant_id, id);
CREATE UNIQUE INDEX notice_by_bundle ON notice USING btree (tenant_id NULLS FIRST, user_id NULLS FIRST, bundle NULLS FIRST);
CREATE INDEX notice_by_read ON notice USING btree (tenant_id NULLS FIRST, read_at NULLS FIRST, id NULLS FIRST);
CREATE INDEX notice_by_record ON notice USING btree (tenant_id NULLS FIRST, record_id NULLS FIRST, id NULLS FIRST);
CREATE INDEX notice_by_user ON notice USING btree (tenant_id NULLS FIRST, user_id NULLS FIRST, at NULLS FIRST, id NULLS FIRST);
CREATE POLICY tenant ON notice USING (tenant_id = (current_setting('rapport.tenant'::text))::bigint);

CREATE TABLE object_definition (
    tenant_id bigint NOT NULL,
    id bigint NOT NULL,
    name text COLLATE "C" NOT NULL,
    definition text COLLATE "C" NOT NULL,
    deleted_at bigint
);
ALTER TABLE object_definition ADD CONSTRAINT object_definition_pkey PRIMARY KEY (tenant_id, id);
CREATE UNIQUE INDEX object_definition_name ON object_definition USING btree (tenant_id NULLS FIRST, name NULLS FIRST);
CREATE POLICY tenant ON object_definition USING (tenant_id = (current_setting('rapport.tenant'::text))::bigint);

CREATE TABLE object_layout (
    tenant_id bigint NOT NULL,
    object_id bigint NOT NULL,
    team_id bigint NOT NULL,
    sections text COLLATE "C" NOT NULL
);
ALTER TABLE object_layout ADD CONSTRAINT object_layout_pkey PRIMARY KEY (tenant_id, object_id, team_id);
CREATE POLICY tenant ON object_layout USING (tenant_id = (current_setting('rapport.tenant'::text))::bigint);

CREATE TABLE order_line (
    tenant_id bigint NOT NULL,
    id bigint NOT NULL,
    sales_order bigint,
    product bigint,
    quantity bigint,
    unit_price bigint,
    unit_price_currency text COLLATE "C",
    unit_price_base bigint,
    discount bigint,
    total bigint,
    total_currency text COLLATE "C",
    total_base bigint,
    owner bigint,
    team bigint,
    tags text COLLATE "C",
    created_at bigint NOT NULL,
    updated_at bigint NOT NULL,
    created_by bigint,
    updated_by bigint,
    version bigint NOT NULL,
    deleted_at bigint,
    custom jsonb
);
ALTER TABLE order_line ADD CONSTRAINT order_line_pkey PRIMARY KEY (tenant_id, id);
ALTER TABLE order_line ADD CONSTRAINT order_line_tenant_id_product_fkey FOREIGN KEY (tenant_id, product) REFERENCES product(tenant_id, id);
ALTER TABLE order_line ADD CONSTRAINT order_line_tenant_id_sales_order_fkey FOREIGN KEY (tenant_id, sales_order) REFERENCES sales_order(tenant_id, id);
CREATE INDEX order_line_by_order ON order_line USING btree (tenant_id NULLS FIRST, sales_order NULLS FIRST, id NULLS FIRST);
CREATE INDEX order_line_by_product ON order_line USING btree (tenant_id NULLS FIRST, product NULLS FIRST, id NULLS FIRST);
CREATE POLICY tenant ON order_line USING (tenant_id = (current_setting('rapport.tenant'::text))::bigint);

CREATE TABLE product (
    tenant_id bigint NOT NULL,
    id bigint NOT NULL,
    code text COLLATE "C",
    code_key text COLLATE "C",
    name text COLLATE "C",
    name_key text COLLATE "C",
    category text COLLATE "C",
    category_key text COLLATE "C",
    subcategory text COLLATE "C",
    subcategory_key text COLLATE "C",
    unit text COLLATE "C",
    unit_key text COLLATE "C",
    price bigint,
    price_currency text COLLATE "C",
    price_base bigint,
    active bigint,
    owner bigint,
    team bigint,
    tags text COLLATE "C",
    created_at bigint NOT NULL,
    updated_at bigint NOT NULL,
    created_by bigint,
    updated_by bigint,
    version bigint NOT NULL,
    deleted_at bigint,
    custom jsonb
);
ALTER TABLE product ADD CONSTRAINT product_pkey PRIMARY KEY (tenant_id, id);
CREATE INDEX product_by_code ON product USING btree (tenant_id NULLS FIRST, code_key NULLS FIRST, id NULLS FIRST);
CREATE INDEX product_by_name ON product USING btree (tenant_id NULLS FIRST, name_key NULLS FIRST, id NULLS FIRST);
CREATE POLICY tenant ON product USING (tenant_id = (current_setting('rapport.tenant'::text))::bigint);

CREATE TABLE rate (
    tenant_id bigint NOT NULL,
    currency text COLLATE "C" NOT NULL,
    day text COLLATE "C" NOT NULL,
    units bigint NOT NULL
);
ALTER TABLE rate ADD CONSTRAINT rate_pkey PRIMARY KEY (tenant_id, currency, day);
CREATE POLICY tenant ON rate USING (tenant_id = (current_setting('rapport.tenant'::text))::bigint);

CREATE TABLE reaction_cursor (
    tenant_id bigint NOT NULL,
    name text COLLATE "C" NOT NULL,
    tx bigint NOT NULL,
    seq bigint NOT NULL,
    lease_until bigint NOT NULL,
    fence bigint NOT NULL
);
ALTER TABLE reaction_cursor ADD CONSTRAINT reaction_cursor_pkey PRIMARY KEY (tenant_id, name);
CREATE POLICY tenant ON reaction_cursor USING (tenant_id = (current_setting('rapport.tenant'::text))::bigint);

CREATE TABLE recent (
    tenant_id bigint NOT NULL,
    user_id bigint NOT NULL,
    record_id bigint NOT NULL,
    object_id bigint NOT NULL,
    seen_at bigint NOT NULL
);
ALTER TABLE recent ADD CONSTRAINT recent_pkey PRIMARY KEY (tenant_id, user_id, record_id);
CREATE POLICY tenant ON recent USING (tenant_id = (current_setting('rapport.tenant'::text))::bigint);

CREATE TABLE record (
    tenant_id bigint NOT NULL,
    id bigint NOT NULL,
    object_id bigint NOT NULL,
    name text COLLATE "C",
    name_key text COLLATE "C",
    owner bigint,
    team bigint,
    tags text COLLATE "C",
    created_at bigint NOT NULL,
    updated_at bigint NOT NULL,
    created_by bigint,
    updated_by bigint,
    version bigint NOT NULL,
    deleted_at bigint,
    custom jsonb
);
ALTER TABLE record ADD CONSTRAINT record_pkey PRIMARY KEY (tenant_id, id);
CREATE INDEX record_by_name ON record USING btree (tenant_id NULLS FIRST, object_id NULLS FIRST, name_key NULLS FIRST, id NULLS FIRST);
CREATE INDEX record_by_object ON record USING btree (tenant_id NULLS FIRST, object_id NULLS FIRST, id NULLS FIRST);
CREATE POLICY tenant ON record USING (tenant_id = (current_setting('rapport.tenant'::text))::bigint);

CREATE TABLE record_template (
    tenant_id bigint NOT NULL,
    id bigint NOT NULL,
    object_id bigint NOT NULL,
    name text COLLATE "C" NOT NULL,
    name_key text COLLATE "C" NOT NULL,
    audience text COLLATE "C" NOT NULL,
    team bigint,
    owner bigint,
    content text COLLATE "C" NOT NULL,
    version bigint NOT NULL,
    created_at bigint NOT NULL,
    updated_at bigint NOT NULL,
    updated_by bigint
);
ALTER TABLE record_template ADD CONSTRAINT record_template_pkey PRIMARY KEY (tenant_id, id);
CREATE INDEX record_template_by_object ON record_template USING btree (tenant_id NULLS FIRST, object_id NULLS FIRST, name_key NULLS FIRST, id NULLS FIRST);
CREATE INDEX record_template_by_owner ON record_template USING btree (tenant_id NULLS FIRST, owner NULLS FIRST, id NULLS FIRST);
CREATE POLICY tenant ON record_template USING (tenant_id = (current_setting('rapport.tenant'::text))::bigint);

CREATE TABLE reminder (
    tenant_id bigint NOT NULL,
    id bigint NOT NULL,
    object_id bigint NOT NULL,
    record_id bigint NOT NULL,
    user_id bigint,
    created_by bigint,
    note text COLLATE "C",
    due_at bigint NOT NULL,
    fired_at bigint,
    version bigint NOT NULL,
    created_at bigint NOT NULL
);
ALTER TABLE reminder ADD CONSTRAINT reminder_pkey PRIMARY KEY (tenant_id, id);
CREATE INDEX reminder_by_due ON reminder USING btree (tenant_id NULLS FIRST, fired_at NULLS FIRST, due_at NULLS FIRST, id NULLS FIRST);
CREATE INDEX reminder_by_record ON reminder USING btree (tenant_id NULLS FIRST, record_id NULLS FIRST, due_at NULLS FIRST, id NULLS FIRST);
CREATE INDEX reminder_by_user ON reminder USING btree (tenant_id NULLS FIRST, user_id NULLS FIRST, due_at NULLS FIRST, id NULLS FIRST);
CREATE POLICY tenant ON reminder USING (tenant_id = (current_setting('rapport.tenant'::text))::bigint);

CREATE TABLE role (
    tenant_id bigint NOT NULL,
    id bigint NOT NULL,
    name text COLLATE "C" NOT NULL,
    definition text COLLATE "C" NOT NULL,
    everything bigint NOT NULL,
    version bigint NOT NULL,
    created_at bigint NOT NULL,
    updated_at bigint NOT NULL
);
ALTER TABLE role ADD CONSTRAINT role_pkey PRIMARY KEY (tenant_id, id);
CREATE UNIQUE INDEX role_name ON role USING btree (tenant_id NULLS FIRST, name NULLS FIRST);
CREATE POLICY tenant ON role USING (tenant_id = (current_setting('rapport.tenant'::text))::bigint);

CREATE TABLE sales_order (
    tenant_id bigint NOT NULL,
    id bigint NOT NULL,
    number text COLLATE "C",
    number_key text COLLATE "C",
    contact bigint,
    company bigint,
    placed_at bigint,
    shipped_at bigint,
    status text COLLATE "C",
    currency text COLLATE "C",
    total bigint,
    total_currency text COLLATE "C",
    total_base bigint,
    ship_city text COLLATE "C",
    ship_city_key text COLLATE "C",
    ship_region text COLLATE "C",
    ship_region_key text COLLATE "C",
    ship_country text COLLATE "C",
    owner bigint,
    team bigint,
    tags text COLLATE "C",
    created_at bigint NOT NULL,
    updated_at bigint NOT NULL,
    created_by bigint,
    updated_by bigint,
    version bigint NOT NULL,
    deleted_at bigint,
    custom jsonb
);
ALTER TABLE sales_order ADD CONSTRAINT sales_order_pkey PRIMARY KEY (tenant_id, id);
ALTER TABLE sales_order ADD CONSTRAINT sales_order_tenant_id_company_fkey FOREIGN KEY (tenant_id, company) REFERENCES company(tenant_id, id);
ALTER TABLE sales_order ADD CONSTRAINT sales_order_tenant_id_contact_fkey FOREIGN KEY (tenant_id, contact) REFERENCES contact(tenant_id, id);
CREATE INDEX sales_order_by_company ON sales_order USING btree (tenant_id NULLS FIRST, company NULLS FIRST, placed_at NULLS FIRST, id NULLS FIRST);
CREATE INDEX sales_order_by_contact ON sales_order USING btree (tenant_id NULLS FIRST, contact NULLS FIRST, placed_at NULLS FIRST, id NULLS FIRST);
CREATE INDEX sales_order_by_day ON sales_order USING btree (tenant_id NULLS FIRST, placed_at NULLS FIRST, id NULLS FIRST);
CREATE INDEX sales_order_by_number ON sales_order USING btree (tenant_id NULLS FIRST, number_key NULLS FIRST, id NULLS FIRST);
CREATE INDEX sales_order_by_region ON sales_order USING btree (tenant_id NULLS FIRST, ship_region_key NULLS FIRST, total_base NULLS FIRST, id NULLS FIRST);
CREATE POLICY tenant ON sales_order USING (tenant_id = (current_setting('rapport.tenant'::text))::bigint);

CREATE TABLE saved_view (
    tenant_id bigint NOT NULL,
    id bigint NOT NULL,
    object_id bigint NOT NULL,
    name text COLLATE "C" NOT NULL,
    name_key text COLLATE "C" NOT NULL,
    audience text COLLATE "C" NOT NULL,
    team bigint,
    owner bigint,
    shape text COLLATE "C" NOT NULL,
    is_default bigint NOT NULL,
    version bigint NOT NULL,
    created_at bigint NOT NULL,
    updated_at bigint NOT NULL,
    updated_by bigint
);
ALTER TABLE saved_view ADD CONSTRAINT saved_view_pkey PRIMARY KEY (tenant_id, id);
CREATE INDEX saved_view_by_object ON saved_view USING btree (tenant_id NULLS FIRST, object_id NULLS FIRST, name_key NULLS FIRST, id NULLS FIRST);
CREATE INDEX saved_view_by_owner ON saved_view USING btree (tenant_id NULLS FIRST, owner NULLS FIRST, id NULLS FIRST);
CREATE POLICY tenant ON saved_view USING (tenant_id = (current_setting('rapport.tenant'::text))::bigint);

CREATE TABLE search_doc (
    tenant_id bigint NOT NULL,
    record_id bigint NOT NULL,
    words tsvector NOT NULL
);
ALTER TABLE search_doc ADD CONSTRAINT search_doc_pkey PRIMARY KEY (tenant_id, record_id);
CREATE INDEX search_doc_words ON search_doc USING gin (words) WITH (gin_pending_list_limit='256');
CREATE POLICY search_doc_functions ON search_doc TO rapport_login USING true;
CREATE POLICY tenant ON search_doc USING (tenant_id = (current_setting('rapport.tenant'::text))::bigint);

CREATE TABLE search_reindex (
    tenant_id bigint NOT NULL,
    object_id bigint NOT NULL,
    after_id bigint NOT NULL
);
ALTER TABLE search_reindex ADD CONSTRAINT search_reindex_pkey PRIMARY KEY (tenant_id);
CREATE POLICY tenant ON search_reindex USING (tenant_id = (current_setting('rapport.tenant'::text))::bigint);

CREATE TABLE search_word (
    tenant_id bigint NOT NULL,
    word text COLLATE "C" NOT NULL,
    added bigint NOT NULL
);
ALTER TABLE search_word ADD CONSTRAINT search_word_pkey PRIMARY KEY (tenant_id, word);
CREATE INDEX search_word_by_age ON search_word USING btree (tenant_id NULLS FIRST, added NULLS FIRST, word NULLS FIRST);
CREATE POLICY tenant ON search_word USING (tenant_id = (current_setting('rapport.tenant'::text))::bigint);

CREATE TABLE session (
    tenant_id bigint NOT NULL,
    hash bytea NOT NULL,
    user_id bigint NOT NULL,
    created_at bigint NOT NULL,
    seen_at bigint NOT NULL,
    expires_at bigint NOT NULL
);
ALTER TABLE session ADD CONSTRAINT session_pkey PRIMARY KEY (tenant_id, hash);
ALTER TABLE session ADD CONSTRAINT session_tenant_id_user_id_fkey FOREIGN KEY (tenant_id, user_id) REFERENCES app_user(tenant_id, id);
CREATE INDEX session_expiry ON session USING btree (tenant_id NULLS FIRST, expires_at NULLS FIRST);
CREATE INDEX "session_user" ON session USING btree (tenant_id NULLS FIRST, user_id NULLS FIRST);
CREATE POLICY tenant ON session USING (tenant_id = (current_setting('rapport.tenant'::text))::bigint);

CREATE TABLE setting (
    tenant_id bigint NOT NULL,
    name text COLLATE "C" NOT NULL,
    value text COLLATE "C" NOT NULL
);
ALTER TABLE setting ADD CONSTRAINT setting_pkey PRIMARY KEY (tenant_id, name);
CREATE POLICY tenant ON setting USING (tenant_id = (current_setting('rapport.tenant'::text))::bigint);

CREATE TABLE setup_code (
    tenant_id bigint NOT NULL,
    hash bytea NOT NULL
);
ALTER TABLE setup_code ADD CONSTRAINT setup_code_pkey PRIMARY KEY (tenant_id);
CREATE POLICY tenant ON setup_code USING (tenant_id = (current_setting('rapport.tenant'::text))::bigint);

CREATE TABLE stamp (
    tenant_id bigint NOT NULL,
    access bigint NOT NULL,
    schema bigint NOT NULL
);
ALTER TABLE stamp ADD CONSTRAINT stamp_pkey PRIMARY KEY (tenant_id);
CREATE POLICY tenant ON stamp USING (tenant_id = (current_setting('rapport.tenant'::text))::bigint);

CREATE TABLE talk_preference (
    tenant_id bigint NOT NULL,
    user_id bigint NOT NULL,
    chosen text COLLATE "C" NOT NULL
);
ALTER TABLE talk_preference ADD CONSTRAINT talk_preference_pkey PRIMARY KEY (tenant_id, user_id);
CREATE POLICY tenant ON talk_preference USING (tenant_id = (current_setting('rapport.tenant'::text))::bigint);

CREATE TABLE task (
    tenant_id bigint NOT NULL,
    id bigint NOT NULL,
    subject text COLLATE "C",
    subject_key text COLLATE "C",
    due_at bigint,
    status text COLLATE "C",
    priority text COLLATE "C",
    assignee bigint,
    about bigint,
    about_object bigint,
    body text COLLATE "C",
    body_key text COLLATE "C",
    owner bigint,
    team bigint,
    tags text COLLATE "C",
    created_at bigint NOT NULL,
    updated_at bigint NOT NULL,
    created_by bigint,
    updated_by bigint,
    version bigint NOT NULL,
    deleted_at bigint,
    custom jsonb,
    remind_at bigint
);
ALTER TABLE task ADD CONSTRAINT task_pkey PRIMARY KEY (tenant_id, id);
CREATE INDEX task_by_about ON task USING btree (tenant_id NULLS FIRST, about NULLS FIRST, id NULLS FIRST);
CREATE INDEX task_by_assignee ON task USING btree (tenant_id NULLS FIRST, assignee NULLS FIRST, due_at NULLS FIRST, id NULLS FIRST);
CREATE INDEX task_by_due ON task USING btree (tenant_id NULLS FIRST, due_at NULLS FIRST, id NULLS FIRST);
CREATE POLICY tenant ON task USING (tenant_id = (current_setting('rapport.tenant'::text))::bigint);

CREATE TABLE team (
    tenant_id bigint NOT NULL,
    id bigint NOT NULL,
    name text COLLATE "C" NOT NULL,
    name_key text COLLATE "C" NOT NULL,
    parent bigint,
    version bigint NOT NULL,
    created_at bigint NOT NULL,
    updated_at bigint NOT NULL
);
ALTER TABLE team ADD CONSTRAINT team_pkey PRIMARY KEY (tenant_id, id);
ALTER TABLE team ADD CONSTRAINT team_tenant_id_parent_fkey FOREIGN KEY (tenant_id, parent) REFERENCES team(tenant_id, id);
CREATE UNIQUE INDEX team_name ON team USING btree (tenant_id NULLS FIRST, name_key NULLS FIRST);
CREATE INDEX team_parent ON team USING btree (tenant_id NULLS FIRST, parent NULLS FIRST);
CREATE POLICY tenant ON team USING (tenant_id = (current_setting('rapport.tenant'::text))::bigint);

CREATE TABLE tenant (
    tenant_id bigint NOT NULL,
    name text COLLATE "C" NOT NULL
);
ALTER TABLE tenant ADD CONSTRAINT tenant_name_key UNIQUE (name);
ALTER TABLE tenant ADD CONSTRAINT tenant_pkey PRIMARY KEY (tenant_id);

CREATE TABLE unique_key (
    tenant_id bigint NOT NULL,
    field_id bigint NOT NULL,
    key text COLLATE "C" NOT NULL,
    record_id bigint NOT NULL
);
ALTER TABLE unique_key ADD CONSTRAINT unique_key_pkey PRIMARY KEY (tenant_id, field_id, key);
CREATE INDEX unique_key_by_record ON unique_key USING btree (tenant_id NULLS FIRST, record_id NULLS FIRST);
CREATE POLICY tenant ON unique_key USING (tenant_id = (current_setting('rapport.tenant'::text))::bigint);

CREATE TABLE user_role (
    tenant_id bigint NOT NULL,
    user_id bigint NOT NULL,
    role_id bigint NOT NULL
);
ALTER TABLE user_role ADD CONSTRAINT user_role_pkey PRIMARY KEY (tenant_id, user_id, role_id);
ALTER TABLE user_role ADD CONSTRAINT user_role_tenant_id_role_id_fkey FOREIGN KEY (tenant_id, role_id) REFERENCES role(tenant_id, id);
ALTER TABLE user_role ADD CONSTRAINT user_role_tenant_id_user_id_fkey FOREIGN KEY (tenant_id, user_id) REFERENCES app_user(tenant_id, id);
CREATE INDEX user_role_role ON user_role USING btree (tenant_id NULLS FIRST, role_id NULLS FIRST);
CREATE POLICY tenant ON user_role USING (tenant_id = (current_setting('rapport.tenant'::text))::bigint);

CREATE TABLE user_team (
    tenant_id bigint NOT NULL,
    user_id bigint NOT NULL,
    team_id bigint NOT NULL,
    position bigint NOT NULL
);
ALTER TABLE user_team ADD CONSTRAINT user_team_pkey PRIMARY KEY (tenant_id, user_id, team_id);
ALTER TABLE user_team ADD CONSTRAINT user_team_tenant_id_team_id_fkey FOREIGN KEY (tenant_id, team_id) REFERENCES team(tenant_id, id);
ALTER TABLE user_team ADD CONSTRAINT user_team_tenant_id_user_id_fkey FOREIGN KEY (tenant_id, user_id) REFERENCES app_user(tenant_id, id);
CREATE INDEX user_team_team ON user_team USING btree (tenant_id NULLS FIRST, team_id NULLS FIRST);
CREATE POLICY tenant ON user_team USING (tenant_id = (current_setting('rapport.tenant'::text))::bigint);
