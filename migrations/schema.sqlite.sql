-- The schema after all migrations, for reading. Written by a test: RAPPORT_REGENERATE=1 cargo test -p db schema

CREATE TABLE api_token (
    tenant_id     BIGINT NOT NULL,
    id            BIGINT NOT NULL,
    user_id       BIGINT NOT NULL,
    name          TEXT   NOT NULL,
    hash          BLOB  NOT NULL,
    scopes        TEXT,
    version       BIGINT NOT NULL,
    created_at    BIGINT NOT NULL,
    expires_at    BIGINT,
    last_used_at  BIGINT,
    PRIMARY KEY (tenant_id, id),
    FOREIGN KEY (tenant_id, user_id) REFERENCES app_user (tenant_id, id)
) WITHOUT ROWID;

CREATE INDEX api_token_user ON api_token (tenant_id, user_id, id);

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
) WITHOUT ROWID;

CREATE UNIQUE INDEX app_user_email ON app_user (tenant_id, email_key);

CREATE INDEX app_user_name ON app_user (tenant_id, name_key, id);

CREATE TABLE bulk (
    tenant_id    BIGINT NOT NULL,
    id           BIGINT NOT NULL,
    object_id    BIGINT NOT NULL,
    wish         TEXT   NOT NULL,
    state        TEXT   NOT NULL,
    total        BIGINT NOT NULL,
    done         BIGINT NOT NULL,
    changed      BIGINT NOT NULL,
    left_alone   BIGINT NOT NULL,
    place        TEXT   NOT NULL,
    action_id    BIGINT NOT NULL,
    created_by   BIGINT,
    created_at   BIGINT NOT NULL,
    finished_at  BIGINT,
    error        TEXT,
    PRIMARY KEY (tenant_id, id)
) WITHOUT ROWID;

CREATE INDEX bulk_by_action ON bulk (tenant_id, action_id);

CREATE TABLE bulk_left (
    tenant_id  BIGINT NOT NULL,
    bulk_id    BIGINT NOT NULL,
    record_id  BIGINT NOT NULL,
    reason     TEXT   NOT NULL,
    PRIMARY KEY (tenant_id, bulk_id, record_id),
    FOREIGN KEY (tenant_id, bulk_id) REFERENCES bulk (tenant_id, id)
) WITHOUT ROWID;

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
) WITHOUT ROWID;

CREATE INDEX comment_by_parent ON comment (tenant_id, parent_id, id);

CREATE INDEX comment_by_record ON comment (tenant_id, record_id, id);

CREATE TABLE comment_reaction (
    tenant_id   BIGINT NOT NULL,
    comment_id  BIGINT NOT NULL,
    emoji       TEXT   NOT NULL,
    user_id     BIGINT NOT NULL,
    created_at  BIGINT NOT NULL,
    PRIMARY KEY (tenant_id, comment_id, emoji, user_id),
    FOREIGN KEY (tenant_id, comment_id) REFERENCES comment (tenant_id, id)
) WITHOUT ROWID;

CREATE TABLE company (
    tenant_id         BIGINT NOT NULL,
    id                BIGINT NOT NULL,
    name              TEXT,
    name_key          TEXT,
    legal_name        TEXT,
    legal_name_key    TEXT,
    tax_id            TEXT,
    tax_id_key        TEXT,
    website           TEXT,
    website_key       TEXT,
    industry          TEXT,
    industry_key      TEXT,
    email             TEXT,
    email_key         TEXT,
    phone             TEXT,
    street            TEXT,
    street_key        TEXT,
    postcode          TEXT,
    postcode_key      TEXT,
    city              TEXT,
    city_key          TEXT,
    region            TEXT,
    region_key        TEXT,
    country           TEXT,
    parent            BIGINT,
    kind              TEXT,
    external_id       TEXT,
    external_id_key   TEXT,
    owner             BIGINT,
    team              BIGINT,
    tags              TEXT,
    created_at        BIGINT NOT NULL,
    updated_at        BIGINT NOT NULL,
    created_by        BIGINT,
    updated_by        BIGINT,
    version           BIGINT NOT NULL,
    deleted_at        BIGINT,
    custom            TEXT,
    PRIMARY KEY (tenant_id, id),
    FOREIGN KEY (tenant_id, parent) REFERENCES company (tenant_id, id)
) WITHOUT ROWID;

CREATE INDEX company_by_external_id ON company (tenant_id, external_id_key, id);

CREATE INDEX company_by_name ON company (tenant_id, name_key, id);

CREATE INDEX company_by_parent ON company (tenant_id, parent, id);

CREATE INDEX company_by_tax_id ON company (tenant_id, tax_id_key, id);

CREATE TABLE contact (
    tenant_id         BIGINT NOT NULL,
    id                BIGINT NOT NULL,
    first_name        TEXT,
    first_name_key    TEXT,
    last_name         TEXT,
    last_name_key     TEXT,
    email             TEXT,
    email_key         TEXT,
    emails            TEXT,
    phone             TEXT,
    phones            TEXT,
    company           BIGINT,
    companies         TEXT,
    job_title         TEXT,
    job_title_key     TEXT,
    street            TEXT,
    street_key        TEXT,
    postcode          TEXT,
    postcode_key      TEXT,
    city              TEXT,
    city_key          TEXT,
    region            TEXT,
    region_key        TEXT,
    country           TEXT,
    addresses         TEXT,
    language          TEXT,
    birth_date        TEXT,
    segment           TEXT,
    segment_key       TEXT,
    source            TEXT,
    source_key        TEXT,
    external_id       TEXT,
    external_id_key   TEXT,
    owner             BIGINT,
    team              BIGINT,
    tags              TEXT,
    created_at        BIGINT NOT NULL,
    updated_at        BIGINT NOT NULL,
    created_by        BIGINT,
    updated_by        BIGINT,
    version           BIGINT NOT NULL,
    deleted_at        BIGINT,
    custom            TEXT,
    PRIMARY KEY (tenant_id, id),
    FOREIGN KEY (tenant_id, company) REFERENCES company (tenant_id, id)
) WITHOUT ROWID;

CREATE INDEX contact_by_city ON contact (tenant_id, city_key, last_name_key, id);

CREATE INDEX contact_by_company ON contact (tenant_id, company, id);

CREATE INDEX contact_by_email ON contact (tenant_id, email_key, id);

CREATE INDEX contact_by_external_id ON contact (tenant_id, external_id_key, id);

CREATE INDEX contact_by_last_name ON contact (tenant_id, last_name_key, id);

CREATE INDEX contact_by_owner ON contact (tenant_id, owner, last_name_key, id);

CREATE INDEX contact_by_phone ON contact (tenant_id, phone, id);

CREATE TABLE counter (
    tenant_id  BIGINT NOT NULL,
    field_id   BIGINT NOT NULL,
    name       TEXT   NOT NULL,
    value      BIGINT NOT NULL,
    PRIMARY KEY (tenant_id, field_id, name)
) WITHOUT ROWID;

CREATE TABLE derived_fill (
    tenant_id  BIGINT NOT NULL,
    field_id   BIGINT NOT NULL,
    object_id  BIGINT NOT NULL,
    after_id   BIGINT NOT NULL,
    -- Filled once; from then on it is filled a second time.
    again_at   BIGINT,
    PRIMARY KEY (tenant_id, field_id)
) WITHOUT ROWID;

CREATE TABLE duplicate (
    tenant_id  BIGINT NOT NULL,
    low_id     BIGINT NOT NULL,
    high_id    BIGINT NOT NULL,
    object_id  BIGINT NOT NULL,
    points     BIGINT NOT NULL,
    reasons    TEXT   NOT NULL,
    state      TEXT   NOT NULL,
    found_at   BIGINT NOT NULL,
    PRIMARY KEY (tenant_id, low_id, high_id)
) WITHOUT ROWID;

CREATE INDEX duplicate_by_points ON duplicate (tenant_id, object_id, state, points, low_id, high_id);

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
) WITHOUT ROWID;

CREATE INDEX event_of_action ON event (tenant_id, action_id, tx, seq);

CREATE INDEX event_of_record ON event (tenant_id, record_id, tx, seq);

CREATE TABLE event_link (
    tenant_id BIGINT NOT NULL,
    record_id BIGINT NOT NULL,
    tx        BIGINT NOT NULL,
    seq       BIGINT NOT NULL,
    PRIMARY KEY (tenant_id, record_id, tx, seq)
) WITHOUT ROWID;

CREATE TABLE export_run (
    tenant_id    BIGINT NOT NULL,
    schedule_id  BIGINT NOT NULL,
    id           BIGINT NOT NULL,
    due_at       BIGINT,
    state        TEXT   NOT NULL,
    error        TEXT,
    records      BIGINT NOT NULL,
    file_id      BIGINT,
    started_at   BIGINT NOT NULL,
    finished_at  BIGINT,
    PRIMARY KEY (tenant_id, schedule_id, id)
) WITHOUT ROWID;

CREATE TABLE export_schedule (
    tenant_id        BIGINT NOT NULL,
    id               BIGINT NOT NULL,
    name             TEXT   NOT NULL,
    object_id        BIGINT NOT NULL,
    shape            TEXT   NOT NULL,
    is_enabled       BIGINT NOT NULL,
    disabled_reason  TEXT,
    turn             BIGINT NOT NULL,
    next_at          BIGINT,
    version          BIGINT NOT NULL,
    created_by       BIGINT NOT NULL,
    created_at       BIGINT NOT NULL,
    PRIMARY KEY (tenant_id, id)
) WITHOUT ROWID;

CREATE INDEX export_schedule_by_next ON export_schedule (tenant_id, is_enabled, next_at, id);

CREATE TABLE field_definition (
    tenant_id   BIGINT NOT NULL,
    id          BIGINT NOT NULL,
    object_id   BIGINT NOT NULL,
    name        TEXT   NOT NULL,
    slot        TEXT   NOT NULL,
    position    BIGINT NOT NULL,
    definition  TEXT   NOT NULL, next_slot TEXT, deleted_at BIGINT, fills_from BIGINT, fills_back BIGINT,
    PRIMARY KEY (tenant_id, id)
) WITHOUT ROWID;

CREATE UNIQUE INDEX field_definition_name ON field_definition (tenant_id, object_id, name);

CREATE UNIQUE INDEX field_definition_slot ON field_definition (tenant_id, object_id, slot);

CREATE TABLE field_options (
    tenant_id  BIGINT NOT NULL,
    object_id  BIGINT NOT NULL,
    field_id   BIGINT NOT NULL,
    options    TEXT   NOT NULL,
    PRIMARY KEY (tenant_id, object_id, field_id)
) WITHOUT ROWID;

CREATE TABLE file (
    tenant_id    BIGINT NOT NULL,
    id           BIGINT NOT NULL,
    name         TEXT   NOT NULL,
    kind         TEXT   NOT NULL,
    size_bytes   BIGINT NOT NULL,
    sha256       TEXT   NOT NULL,
    width        BIGINT,
    height       BIGINT,
    is_attached  BIGINT NOT NULL,
    created_by   BIGINT,
    created_at   BIGINT NOT NULL,
    PRIMARY KEY (tenant_id, id)
) WITHOUT ROWID;

CREATE INDEX file_by_attached ON file (tenant_id, is_attached, created_at, id);

CREATE TABLE file_content (
    tenant_id     BIGINT NOT NULL,
    sha256        TEXT   NOT NULL,
    uses          BIGINT NOT NULL,
    is_condemned  BIGINT NOT NULL,
    PRIMARY KEY (tenant_id, sha256)
) WITHOUT ROWID;

CREATE INDEX file_content_by_condemned ON file_content (tenant_id, is_condemned, sha256);

CREATE TABLE file_total (
    tenant_id   BIGINT NOT NULL,
    size_bytes  BIGINT NOT NULL,
    PRIMARY KEY (tenant_id)
) WITHOUT ROWID;

CREATE TABLE file_use (
    tenant_id  BIGINT NOT NULL,
    file_id    BIGINT NOT NULL,
    record_id  BIGINT NOT NULL,
    field_id   BIGINT NOT NULL,
    object_id  BIGINT NOT NULL,
    is_held    BIGINT NOT NULL,
    PRIMARY KEY (tenant_id, file_id, record_id, field_id),
    FOREIGN KEY (tenant_id, file_id) REFERENCES file (tenant_id, id)
) WITHOUT ROWID;

CREATE TABLE follower (
    tenant_id     BIGINT NOT NULL,
    record_id     BIGINT NOT NULL,
    user_id       BIGINT NOT NULL,
    object_id     BIGINT NOT NULL,
    because       TEXT   NOT NULL,
    is_following  BIGINT NOT NULL,
    since         BIGINT NOT NULL,
    PRIMARY KEY (tenant_id, record_id, user_id)
) WITHOUT ROWID;

CREATE INDEX follower_by_user ON follower (tenant_id, user_id, since, record_id);

CREATE TABLE hierarchy (
    tenant_id  BIGINT NOT NULL,
    field_id   BIGINT NOT NULL,
    PRIMARY KEY (tenant_id, field_id)
) WITHOUT ROWID;

CREATE TABLE idempotency (
    tenant_id  BIGINT NOT NULL,
    key        TEXT   NOT NULL,
    request    TEXT   NOT NULL,
    status     BIGINT NOT NULL,
    answer     TEXT   NOT NULL,
    at         BIGINT NOT NULL,
    PRIMARY KEY (tenant_id, key)
) WITHOUT ROWID;

CREATE INDEX idempotency_by_age ON idempotency (tenant_id, at);

CREATE TABLE import (
    tenant_id    BIGINT NOT NULL,
    id           BIGINT NOT NULL,
    object       TEXT   NOT NULL,
    state        TEXT   NOT NULL,
    file_name    TEXT   NOT NULL,
    digest       TEXT   NOT NULL,
    total_bytes  BIGINT NOT NULL,
    done_bytes   BIGINT NOT NULL,
    row_number   BIGINT NOT NULL,
    created      BIGINT NOT NULL,
    updated      BIGINT NOT NULL,
    skipped      BIGINT NOT NULL,
    failed       BIGINT NOT NULL,
    options      TEXT   NOT NULL,
    plan         TEXT   NOT NULL,
    action_id    BIGINT NOT NULL,
    created_by   BIGINT,
    created_at   BIGINT NOT NULL,
    finished_at  BIGINT,
    error        TEXT, filled TEXT, made TEXT, looked_at TEXT, verified TEXT,
    PRIMARY KEY (tenant_id, id)
) WITHOUT ROWID;

CREATE INDEX import_by_action ON import (tenant_id, action_id);

CREATE INDEX import_by_digest ON import (tenant_id, digest, id);

CREATE TABLE import_chunk (
    tenant_id  BIGINT NOT NULL,
    import_id  BIGINT NOT NULL,
    position   BIGINT NOT NULL,
    bytes      BLOB  NOT NULL,
    PRIMARY KEY (tenant_id, import_id, position),
    FOREIGN KEY (tenant_id, import_id) REFERENCES import (tenant_id, id)
);

CREATE TABLE import_error (
    tenant_id  BIGINT NOT NULL,
    import_id  BIGINT NOT NULL,
    row_number BIGINT NOT NULL,
    errors     TEXT   NOT NULL,
    PRIMARY KEY (tenant_id, import_id, row_number),
    FOREIGN KEY (tenant_id, import_id) REFERENCES import (tenant_id, id)
) WITHOUT ROWID;

CREATE TABLE import_mapping (
    tenant_id  BIGINT NOT NULL,
    id         BIGINT NOT NULL,
    object     TEXT   NOT NULL,
    name       TEXT   NOT NULL,
    name_key   TEXT   NOT NULL,
    map        TEXT   NOT NULL,
    created_by BIGINT,
    created_at BIGINT NOT NULL,
    PRIMARY KEY (tenant_id, id)
) WITHOUT ROWID;

CREATE UNIQUE INDEX import_mapping_by_name ON import_mapping (tenant_id, object, name_key);

CREATE TABLE item (
    tenant_id  BIGINT NOT NULL,
    record_id  BIGINT NOT NULL,
    field_id   BIGINT NOT NULL,
    position   BIGINT NOT NULL,
    value      TEXT   NOT NULL,
    key        TEXT   NOT NULL,
    PRIMARY KEY (tenant_id, record_id, field_id, position)
) WITHOUT ROWID;

CREATE INDEX item_by_key ON item (tenant_id, field_id, key, record_id);

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
) WITHOUT ROWID;

CREATE INDEX job_due ON job (tenant_id, priority, due_at);

CREATE INDEX job_state ON job (tenant_id, state, id);

CREATE UNIQUE INDEX job_unique ON job (tenant_id, unique_key);

CREATE TABLE job_schedule (
    tenant_id  BIGINT NOT NULL,
    name       TEXT   NOT NULL,
    next_at    BIGINT NOT NULL,
    PRIMARY KEY (tenant_id, name)
) WITHOUT ROWID;

CREATE TABLE link (
    tenant_id  BIGINT NOT NULL,
    from_id    BIGINT NOT NULL,
    field_id   BIGINT NOT NULL,
    to_id      BIGINT NOT NULL,
    position   BIGINT NOT NULL,
    role       TEXT, from_day TEXT, until_day TEXT,
    PRIMARY KEY (tenant_id, from_id, field_id, to_id)
) WITHOUT ROWID;

CREATE INDEX link_back ON link (tenant_id, to_id, field_id, from_id);

CREATE TABLE login_attempt (
    tenant_id      BIGINT NOT NULL,
    subject        TEXT   NOT NULL,
    failures       BIGINT NOT NULL,
    blocked_until  BIGINT NOT NULL,
    last_at        BIGINT NOT NULL,
    PRIMARY KEY (tenant_id, subject)
) WITHOUT ROWID;

CREATE INDEX login_attempt_age ON login_attempt (tenant_id, last_at);

CREATE TABLE migration (
    number BIGINT NOT NULL PRIMARY KEY,
    name   TEXT   NOT NULL,
    digest TEXT   NOT NULL,
    at     BIGINT NOT NULL
);

CREATE TABLE node (
    node        BIGINT NOT NULL PRIMARY KEY,
    holder      BIGINT NOT NULL,
    lease_until BIGINT NOT NULL
);

CREATE TABLE note (
    tenant_id     BIGINT NOT NULL,
    id            BIGINT NOT NULL,
    body          TEXT,
    body_key      TEXT,
    about         BIGINT,
    about_object  BIGINT,
    owner         BIGINT,
    team          BIGINT,
    tags          TEXT,
    created_at    BIGINT NOT NULL,
    updated_at    BIGINT NOT NULL,
    created_by    BIGINT,
    updated_by    BIGINT,
    version       BIGINT NOT NULL,
    deleted_at    BIGINT,
    custom        TEXT,
    PRIMARY KEY (tenant_id, id)
) WITHOUT ROWID;

CREATE INDEX note_by_about ON note (tenant_id, about, id);

CREATE TABLE notice (
    tenant_id   BIGINT NOT NULL,
    id          BIGINT NOT NULL,
    user_id     BIGINT NOT NULL,
    kind        TEXT   NOT NULL,
    bundle      TEXT,
    object_id   BIGINT NOT NULL,
    record_id   BIGINT,
    comment_id  BIGINT,
    actor       BIGINT,
    count       BIGINT NOT NULL,
    details     TEXT   NOT NULL,
    tx          BIGINT NOT NULL,
    seq         BIGINT NOT NULL,
    first_at    BIGINT NOT NULL,
    at          BIGINT NOT NULL,
    read_at     BIGINT,
    PRIMARY KEY (tenant_id, id)
) WITHOUT ROWID;

CREATE UNIQUE INDEX notice_by_bundle ON notice (tenant_id, user_id, bundle);

CREATE INDEX notice_by_read ON notice (tenant_id, read_at, id);

CREATE INDEX notice_by_record ON notice (tenant_id, record_id, id);

CREATE INDEX notice_by_user ON notice (tenant_id, user_id, at, id);

CREATE TABLE object_definition (
    tenant_id   BIGINT NOT NULL,
    id          BIGINT NOT NULL,
    name        TEXT   NOT NULL,
    definition  TEXT   NOT NULL, deleted_at BIGINT,
    PRIMARY KEY (tenant_id, id)
) WITHOUT ROWID;

CREATE UNIQUE INDEX object_definition_name ON object_definition (tenant_id, name);

CREATE TABLE object_layout (
    tenant_id  BIGINT NOT NULL,
    object_id  BIGINT NOT NULL,
    team_id    BIGINT NOT NULL,
    sections   TEXT   NOT NULL,
    PRIMARY KEY (tenant_id, object_id, team_id)
) WITHOUT ROWID;

CREATE TABLE order_line (
    tenant_id            BIGINT NOT NULL,
    id                   BIGINT NOT NULL,
    sales_order          BIGINT,
    product              BIGINT,
    quantity             BIGINT,
    unit_price           BIGINT,
    unit_price_currency  TEXT,
    unit_price_base      BIGINT,
    discount             BIGINT,
    total                BIGINT,
    total_currency       TEXT,
    total_base           BIGINT,
    owner                BIGINT,
    team                 BIGINT,
    tags                 TEXT,
    created_at           BIGINT NOT NULL,
    updated_at           BIGINT NOT NULL,
    created_by           BIGINT,
    updated_by           BIGINT,
    version              BIGINT NOT NULL,
    deleted_at           BIGINT,
    custom               TEXT,
    PRIMARY KEY (tenant_id, id),
    FOREIGN KEY (tenant_id, sales_order) REFERENCES sales_order (tenant_id, id),
    FOREIGN KEY (tenant_id, product) REFERENCES product (tenant_id, id)
) WITHOUT ROWID;

CREATE INDEX order_line_by_order ON order_line (tenant_id, sales_order, id);

CREATE INDEX order_line_by_product ON order_line (tenant_id, product, id);

CREATE TABLE product (
    tenant_id        BIGINT NOT NULL,
    id               BIGINT NOT NULL,
    code             TEXT,
    code_key         TEXT,
    name             TEXT,
    name_key         TEXT,
    category         TEXT,
    category_key     TEXT,
    subcategory      TEXT,
    subcategory_key  TEXT,
    unit             TEXT,
    unit_key         TEXT,
    price            BIGINT,
    price_currency   TEXT,
    price_base       BIGINT,
    active           BIGINT,
    owner            BIGINT,
    team             BIGINT,
    tags             TEXT,
    created_at       BIGINT NOT NULL,
    updated_at       BIGINT NOT NULL,
    created_by       BIGINT,
    updated_by       BIGINT,
    version          BIGINT NOT NULL,
    deleted_at       BIGINT,
    custom           TEXT,
    PRIMARY KEY (tenant_id, id)
) WITHOUT ROWID;

CREATE INDEX product_by_code ON product (tenant_id, code_key, id);

CREATE INDEX product_by_name ON product (tenant_id, name_key, id);

CREATE TABLE rate (
    tenant_id  BIGINT NOT NULL,
    currency   TEXT   NOT NULL,
    day        TEXT   NOT NULL,
    units      BIGINT NOT NULL,
    PRIMARY KEY (tenant_id, currency, day)
) WITHOUT ROWID;

CREATE TABLE reaction_cursor (
    tenant_id    BIGINT NOT NULL,
    name         TEXT   NOT NULL,
    tx           BIGINT NOT NULL,
    seq          BIGINT NOT NULL,
    lease_until  BIGINT NOT NULL,
    fence        BIGINT NOT NULL,
    PRIMARY KEY (tenant_id, name)
) WITHOUT ROWID;

CREATE TABLE recent (
    tenant_id  BIGINT NOT NULL,
    user_id    BIGINT NOT NULL,
    record_id  BIGINT NOT NULL,
    object_id  BIGINT NOT NULL,
    seen_at    BIGINT NOT NULL,
    PRIMARY KEY (tenant_id, user_id, record_id)
) WITHOUT ROWID;

CREATE TABLE record (
    tenant_id   BIGINT NOT NULL,
    id          BIGINT NOT NULL,
    object_id   BIGINT NOT NULL,
    name        TEXT,
    name_key    TEXT,
    owner       BIGINT,
    team        BIGINT,
    tags        TEXT,
    created_at  BIGINT NOT NULL,
    updated_at  BIGINT NOT NULL,
    created_by  BIGINT,
    updated_by  BIGINT,
    version     BIGINT NOT NULL,
    deleted_at  BIGINT,
    custom      TEXT,
    PRIMARY KEY (tenant_id, id)
) WITHOUT ROWID;

CREATE INDEX record_by_name ON record (tenant_id, object_id, name_key, id);

CREATE INDEX record_by_object ON record (tenant_id, object_id, id);

CREATE TABLE record_template (
    tenant_id    BIGINT NOT NULL,
    id           BIGINT NOT NULL,
    object_id    BIGINT NOT NULL,
    name         TEXT   NOT NULL,
    name_key     TEXT   NOT NULL,
    audience     TEXT   NOT NULL,
    team         BIGINT,
    owner        BIGINT,
    content      TEXT   NOT NULL,
    version      BIGINT NOT NULL,
    created_at   BIGINT NOT NULL,
    updated_at   BIGINT NOT NULL,
    updated_by   BIGINT,
    PRIMARY KEY (tenant_id, id)
) WITHOUT ROWID;

CREATE INDEX record_template_by_object ON record_template (tenant_id, object_id, name_key, id);

CREATE INDEX record_template_by_owner ON record_template (tenant_id, owner, id);

CREATE TABLE reminder (
    tenant_id   BIGINT NOT NULL,
    id          BIGINT NOT NULL,
    object_id   BIGINT NOT NULL,
    record_id   BIGINT NOT NULL,
    user_id     BIGINT,
    created_by  BIGINT,
    note        TEXT,
    due_at      BIGINT NOT NULL,
    fired_at    BIGINT,
    version     BIGINT NOT NULL,
    created_at  BIGINT NOT NULL,
    PRIMARY KEY (tenant_id, id)
) WITHOUT ROWID;

CREATE INDEX reminder_by_due ON reminder (tenant_id, fired_at, due_at, id);

CREATE INDEX reminder_by_record ON reminder (tenant_id, record_id, due_at, id);

CREATE INDEX reminder_by_user ON reminder (tenant_id, user_id, due_at, id);

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
) WITHOUT ROWID;

CREATE UNIQUE INDEX role_name ON role (tenant_id, name);

CREATE TABLE sales_order (
    tenant_id        BIGINT NOT NULL,
    id               BIGINT NOT NULL,
    number           TEXT,
    number_key       TEXT,
    contact          BIGINT,
    company          BIGINT,
    placed_at        BIGINT,
    shipped_at       BIGINT,
    status           TEXT,
    currency         TEXT,
    total            BIGINT,
    total_currency   TEXT,
    total_base       BIGINT,
    ship_city        TEXT,
    ship_city_key    TEXT,
    ship_region      TEXT,
    ship_region_key  TEXT,
    ship_country     TEXT,
    owner            BIGINT,
    team             BIGINT,
    tags             TEXT,
    created_at       BIGINT NOT NULL,
    updated_at       BIGINT NOT NULL,
    created_by       BIGINT,
    updated_by       BIGINT,
    version          BIGINT NOT NULL,
    deleted_at       BIGINT,
    custom           TEXT,
    PRIMARY KEY (tenant_id, id),
    FOREIGN KEY (tenant_id, contact) REFERENCES contact (tenant_id, id),
    FOREIGN KEY (tenant_id, company) REFERENCES company (tenant_id, id)
) WITHOUT ROWID;

CREATE INDEX sales_order_by_company ON sales_order (tenant_id, company, placed_at, id);

CREATE INDEX sales_order_by_contact ON sales_order (tenant_id, contact, placed_at, id);

CREATE INDEX sales_order_by_day ON sales_order (tenant_id, placed_at, id);

CREATE INDEX sales_order_by_number ON sales_order (tenant_id, number_key, id);

CREATE INDEX sales_order_by_region ON sales_order (tenant_id, ship_region_key, total_base, id);

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
) WITHOUT ROWID;

CREATE INDEX saved_view_by_object ON saved_view (tenant_id, object_id, name_key, id);

CREATE INDEX saved_view_by_owner ON saved_view (tenant_id, owner, id);

CREATE VIRTUAL TABLE search USING fts5 (
    words,
    content = '',
    contentless_delete = 1,
    detail = none,
    tokenize = "ascii tokenchars '.-*@'"
);

CREATE TABLE search_reindex (
    tenant_id  BIGINT NOT NULL PRIMARY KEY,
    object_id  BIGINT NOT NULL,
    after_id   BIGINT NOT NULL
) WITHOUT ROWID;

CREATE TABLE search_word (
    tenant_id  BIGINT NOT NULL,
    word       TEXT   NOT NULL,
    added      BIGINT NOT NULL,
    PRIMARY KEY (tenant_id, word)
) WITHOUT ROWID;

CREATE INDEX search_word_by_age ON search_word (tenant_id, added, word);

CREATE TABLE session (
    tenant_id   BIGINT NOT NULL,
    hash        BLOB  NOT NULL,
    user_id     BIGINT NOT NULL,
    created_at  BIGINT NOT NULL,
    seen_at     BIGINT NOT NULL,
    expires_at  BIGINT NOT NULL,
    PRIMARY KEY (tenant_id, hash),
    FOREIGN KEY (tenant_id, user_id) REFERENCES app_user (tenant_id, id)
) WITHOUT ROWID;

CREATE INDEX session_expiry ON session (tenant_id, expires_at);

CREATE INDEX session_user ON session (tenant_id, user_id);

CREATE TABLE setting (
    tenant_id  BIGINT NOT NULL,
    name       TEXT   NOT NULL,
    value      TEXT   NOT NULL,
    PRIMARY KEY (tenant_id, name)
) WITHOUT ROWID;

CREATE TABLE setup_code (
    tenant_id  BIGINT NOT NULL PRIMARY KEY,
    hash       BLOB  NOT NULL
);

CREATE TABLE stamp (
    tenant_id BIGINT NOT NULL PRIMARY KEY,
    access    BIGINT NOT NULL,
    schema    BIGINT NOT NULL
);

CREATE TABLE talk_preference (
    tenant_id  BIGINT NOT NULL,
    user_id    BIGINT NOT NULL,
    chosen     TEXT   NOT NULL,
    PRIMARY KEY (tenant_id, user_id)
) WITHOUT ROWID;

CREATE TABLE task (
    tenant_id     BIGINT NOT NULL,
    id            BIGINT NOT NULL,
    subject       TEXT,
    subject_key   TEXT,
    due_at        BIGINT,
    status        TEXT,
    priority      TEXT,
    assignee      BIGINT,
    about         BIGINT,
    about_object  BIGINT,
    body          TEXT,
    body_key      TEXT,
    owner         BIGINT,
    team          BIGINT,
    tags          TEXT,
    created_at    BIGINT NOT NULL,
    updated_at    BIGINT NOT NULL,
    created_by    BIGINT,
    updated_by    BIGINT,
    version       BIGINT NOT NULL,
    deleted_at    BIGINT,
    custom        TEXT, remind_at BIGINT,
    PRIMARY KEY (tenant_id, id)
) WITHOUT ROWID;

CREATE INDEX task_by_about ON task (tenant_id, about, id);

CREATE INDEX task_by_assignee ON task (tenant_id, assignee, due_at, id);

CREATE INDEX task_by_due ON task (tenant_id, due_at, id);

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
) WITHOUT ROWID;

CREATE UNIQUE INDEX team_name ON team (tenant_id, name_key);

CREATE INDEX team_parent ON team (tenant_id, parent);

CREATE TABLE tenant (
    tenant_id BIGINT NOT NULL PRIMARY KEY,
    name      TEXT   NOT NULL UNIQUE
);

CREATE TABLE unique_key (
    tenant_id  BIGINT NOT NULL,
    field_id   BIGINT NOT NULL,
    key        TEXT   NOT NULL,
    record_id  BIGINT NOT NULL,
    PRIMARY KEY (tenant_id, field_id, key)
) WITHOUT ROWID;

CREATE INDEX unique_key_by_record ON unique_key (tenant_id, record_id);

CREATE TABLE user_role (
    tenant_id  BIGINT NOT NULL,
    user_id    BIGINT NOT NULL,
    role_id    BIGINT NOT NULL,
    PRIMARY KEY (tenant_id, user_id, role_id),
    FOREIGN KEY (tenant_id, user_id) REFERENCES app_user (tenant_id, id),
    FOREIGN KEY (tenant_id, role_id) REFERENCES role (tenant_id, id)
) WITHOUT ROWID;

CREATE INDEX user_role_role ON user_role (tenant_id, role_id);

CREATE TABLE user_team (
    tenant_id  BIGINT NOT NULL,
    user_id    BIGINT NOT NULL,
    team_id    BIGINT NOT NULL,
    position   BIGINT NOT NULL,
    PRIMARY KEY (tenant_id, user_id, team_id),
    FOREIGN KEY (tenant_id, user_id) REFERENCES app_user (tenant_id, id),
    FOREIGN KEY (tenant_id, team_id) REFERENCES team (tenant_id, id)
) WITHOUT ROWID;

CREATE INDEX user_team_team ON user_team (tenant_id, team_id);
