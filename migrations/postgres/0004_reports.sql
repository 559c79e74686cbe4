-- As for SQLite, where each column is explained too.

-- A version is never changed: what was handed over stays what it was. Only its words may be withdrawn, in `texts`.
CREATE TABLE reports (
    id          UUID    PRIMARY KEY NOT NULL,
    plan_id     UUID    NOT NULL REFERENCES plans (id),
    period      TEXT    COLLATE "C" NOT NULL, -- a quarter: 2019Q4
    version     BIGINT  NOT NULL,         -- 1 for the first of a quarter
    author_id   UUID    NOT NULL REFERENCES members (id),
    saved_at    BIGINT  NOT NULL,
    handed_over BOOLEAN NOT NULL,         -- donors and observers read no other
    UNIQUE (plan_id, period, version)
);

CREATE FUNCTION reports_are_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION 'reports are append-only'; END $$;
CREATE TRIGGER reports_are_not_changed BEFORE UPDATE OR DELETE ON reports
FOR EACH ROW EXECUTE FUNCTION reports_are_append_only();
CREATE TRIGGER reports_are_not_emptied BEFORE TRUNCATE ON reports
FOR EACH STATEMENT EXECUTE FUNCTION reports_are_append_only();

-- What each section of a version says. One that did not change points to the text of the version before, so that words
-- which are withdrawn are gone from every version that has them. A section without words has no row.
CREATE TABLE report_texts (
    report_id UUID NOT NULL REFERENCES reports (id),
    section   TEXT COLLATE "C" NOT NULL,
    text_id   UUID NOT NULL REFERENCES texts (id),
    PRIMARY KEY (report_id, section)
);
