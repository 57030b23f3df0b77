-- The customer base: companies and people, and what is planned and noted about them.

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
    custom            JSONB,
    PRIMARY KEY (tenant_id, id),
    FOREIGN KEY (tenant_id, parent) REFERENCES company (tenant_id, id)
) /* clustered */;

CREATE INDEX company_by_name ON company (tenant_id, name_key, id);
CREATE INDEX company_by_tax_id ON company (tenant_id, tax_id_key, id);
CREATE INDEX company_by_external_id ON company (tenant_id, external_id_key, id);
CREATE INDEX company_by_parent ON company (tenant_id, parent, id);

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
    custom            JSONB,
    PRIMARY KEY (tenant_id, id),
    FOREIGN KEY (tenant_id, company) REFERENCES company (tenant_id, id)
) /* clustered */;

CREATE INDEX contact_by_last_name ON contact (tenant_id, last_name_key, id);
CREATE INDEX contact_by_email ON contact (tenant_id, email_key, id);
CREATE INDEX contact_by_phone ON contact (tenant_id, phone, id);
CREATE INDEX contact_by_company ON contact (tenant_id, company, id);
CREATE INDEX contact_by_city ON contact (tenant_id, city_key, last_name_key, id);
CREATE INDEX contact_by_external_id ON contact (tenant_id, external_id_key, id);
CREATE INDEX contact_by_owner ON contact (tenant_id, owner, last_name_key, id);

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
    custom        JSONB,
    PRIMARY KEY (tenant_id, id)
) /* clustered */;

CREATE INDEX task_by_due ON task (tenant_id, due_at, id);
CREATE INDEX task_by_assignee ON task (tenant_id, assignee, due_at, id);
CREATE INDEX task_by_about ON task (tenant_id, about, id);

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
    custom        JSONB,
    PRIMARY KEY (tenant_id, id)
) /* clustered */;

CREATE INDEX note_by_about ON note (tenant_id, about, id);
