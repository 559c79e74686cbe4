-- The house: organisations and members, the plan with its items, and everything that ever happened to it.
--
-- Ids are UUIDv7 (made by whoever creates the row). Instants are milliseconds since 1970, UTC. Days are ISO text, so
-- that they sort and read everywhere. Written twice, here and for SQLite, since types differ; the queries do not.
-- What is ordered is compared byte by byte (COLLATE "C"), as SQLite does.

CREATE TABLE organisations (
    id         UUID    PRIMARY KEY NOT NULL,
    name       TEXT    NOT NULL,
    short_name TEXT    NOT NULL UNIQUE,   -- the mark on a card and the word in an address
    country    TEXT,                      -- ISO 3166-1 alpha-2; none for the European Union
    city       TEXT    NOT NULL,
    website    TEXT    NOT NULL,
    kind       TEXT    NOT NULL CHECK (kind IN ('partner', 'donor', 'institution')),
    position   BIGINT  NOT NULL           -- the order in which lists name them
);

CREATE TABLE members (
    id              UUID    PRIMARY KEY NOT NULL,
    organisation_id UUID    NOT NULL REFERENCES organisations (id),
    name            TEXT    NOT NULL,     -- the only place that holds it, so that erasing a member edits one row
    email           TEXT    NOT NULL UNIQUE,  -- lower case
    password_hash   TEXT    NOT NULL,     -- Argon2id in PHC form, parameters included, so that they can be raised
    role            TEXT    NOT NULL CHECK (role IN ('coordinator', 'partner', 'donor', 'observer')),
    active          BOOLEAN NOT NULL      -- members are never deleted: the history names them
);

CREATE TABLE sessions (
    token_hash TEXT   PRIMARY KEY NOT NULL, -- SHA-256 in hex: who reads the database cannot sign in with it
    member_id  UUID   NOT NULL REFERENCES members (id),
    created_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL            -- moves on while the session is used
);
CREATE INDEX sessions_by_member ON sessions (member_id);

CREATE TABLE plans (
    id        UUID   PRIMARY KEY NOT NULL,
    title     TEXT   NOT NULL,
    starts    TEXT COLLATE "C"   NOT NULL,
    ends      TEXT COLLATE "C"   NOT NULL,
    time_zone TEXT   NOT NULL,            -- IANA; decides which day "today" is
    revision  BIGINT NOT NULL             -- the number of the last change; updating it locks the plan
);

CREATE TABLE objectives (
    id       UUID   PRIMARY KEY NOT NULL,
    plan_id  UUID   NOT NULL REFERENCES plans (id),
    code     TEXT   NOT NULL,
    title    TEXT   NOT NULL,
    mark     TEXT   NOT NULL,             -- a shape and a colour token by one name, never a colour value
    position BIGINT NOT NULL,
    UNIQUE (plan_id, code)
);

CREATE TABLE statuses (
    id         UUID   PRIMARY KEY NOT NULL,
    plan_id    UUID   NOT NULL REFERENCES plans (id),
    slug       TEXT   NOT NULL,
    name       TEXT,                      -- a name of the network's own; else the kind's, in the reader's language
    kind       TEXT   NOT NULL CHECK (kind IN ('planned', 'in_progress', 'done')), -- figures ask this, never a name
    item_limit BIGINT CHECK (item_limit > 0), -- told when exceeded, never enforced
    position   BIGINT NOT NULL,
    UNIQUE (plan_id, slug)
);

-- Items and changes point to texts instead of holding them, so that a text can be withdrawn everywhere at once.
CREATE TABLE texts (
    id      UUID   PRIMARY KEY NOT NULL,
    item_id UUID   NOT NULL,             -- no reference: a new item's texts are written before it
    field   TEXT   NOT NULL CHECK (field IN ('title', 'description')),
    version BIGINT NOT NULL,              -- 1 for a field's first text
    body    TEXT   NOT NULL,
    UNIQUE (item_id, field, version)
);

CREATE TABLE items (
    id             UUID    PRIMARY KEY NOT NULL,
    plan_id        UUID    NOT NULL REFERENCES plans (id),
    number         BIGINT  NOT NULL,      -- what people call it; counted within the plan, never reused
    title_id       UUID    NOT NULL REFERENCES texts (id),
    description_id UUID    NOT NULL REFERENCES texts (id),
    objective_id   UUID    NOT NULL REFERENCES objectives (id),
    lead_id        UUID    NOT NULL REFERENCES organisations (id),
    starts         TEXT COLLATE "C",
    due            TEXT COLLATE "C",
    unit           TEXT,                  -- the measure: either all four or none
    baseline       BIGINT,                -- thousandths, so that decimals stay exact
    target         BIGINT,
    current_value  BIGINT,
    status_id      UUID    NOT NULL REFERENCES statuses (id),
    rank           TEXT COLLATE "C"    NOT NULL,      -- fractional index within the status, compared byte by byte
    published      BOOLEAN NOT NULL,
    archived       BOOLEAN NOT NULL,
    UNIQUE (plan_id, number),
    CHECK (due >= starts),
    CHECK ((unit IS NULL) = (baseline IS NULL) AND (unit IS NULL) = (target IS NULL)
        AND (unit IS NULL) = (current_value IS NULL) AND baseline <> target)
);
CREATE INDEX items_by_place ON items (status_id, rank);

CREATE TABLE item_partners (
    item_id         UUID   NOT NULL REFERENCES items (id),
    organisation_id UUID   NOT NULL REFERENCES organisations (id),
    position        BIGINT NOT NULL,      -- the order in which they were named
    PRIMARY KEY (item_id, organisation_id)
);

-- The live feed, the activity list, and the way back to any day.
CREATE TABLE changes (
    plan_id  UUID   NOT NULL REFERENCES plans (id),
    revision BIGINT NOT NULL,             -- without gaps, in the order of commits
    op_id    UUID   NOT NULL UNIQUE,      -- a retry carries the same one and takes effect once
    actor_id UUID   NOT NULL REFERENCES members (id),
    at       BIGINT NOT NULL,
    change   TEXT   NOT NULL,             -- JSON, without texts
    PRIMARY KEY (plan_id, revision)
);

-- Which texts a change carries: they are put back into it when it is read, and a withdrawn text is found by them.
CREATE TABLE change_texts (
    plan_id  UUID   NOT NULL,
    revision BIGINT NOT NULL,
    text_id  UUID   NOT NULL REFERENCES texts (id),
    PRIMARY KEY (plan_id, revision, text_id),
    FOREIGN KEY (plan_id, revision) REFERENCES changes (plan_id, revision)
);
