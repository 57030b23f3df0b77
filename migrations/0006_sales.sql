-- What is sold and to whom: the catalogue, orders and their lines.

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
    custom           JSONB,
    PRIMARY KEY (tenant_id, id)
) /* clustered */;

CREATE INDEX product_by_code ON product (tenant_id, code_key, id);
CREATE INDEX product_by_name ON product (tenant_id, name_key, id);

-- "order" is a reserved word of SQL.
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
    custom           JSONB,
    PRIMARY KEY (tenant_id, id),
    FOREIGN KEY (tenant_id, contact) REFERENCES contact (tenant_id, id),
    FOREIGN KEY (tenant_id, company) REFERENCES company (tenant_id, id)
) /* clustered */;

CREATE INDEX sales_order_by_number ON sales_order (tenant_id, number_key, id);
CREATE INDEX sales_order_by_contact ON sales_order (tenant_id, contact, placed_at, id);
CREATE INDEX sales_order_by_company ON sales_order (tenant_id, company, placed_at, id);
CREATE INDEX sales_order_by_day ON sales_order (tenant_id, placed_at, id);
CREATE INDEX sales_order_by_region ON sales_order (tenant_id, ship_region_key, total_base, id);

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
    custom               JSONB,
    PRIMARY KEY (tenant_id, id),
    FOREIGN KEY (tenant_id, sales_order) REFERENCES sales_order (tenant_id, id),
    FOREIGN KEY (tenant_id, product) REFERENCES product (tenant_id, id)
) /* clustered */;

CREATE INDEX order_line_by_order ON order_line (tenant_id, sales_order, id);
CREATE INDEX order_line_by_product ON order_line (tenant_id, product, id);
