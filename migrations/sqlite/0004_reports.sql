-- Reports: what coordinators write around the figures of a quarter, one version a saving.

-- A version is never changed: what was handed over stays what it was. Only its words may be withdrawn, in `texts`.
CREATE TABLE reports (
    id          BLOB    PRIMARY KEY NOT NULL,
    plan_id     BLOB    NOT NULL REFERENCES plans (id),
    period      TEXT    NOT NULL,         -- a quarter: 2019Q4
    version     BIGINT  NOT NULL,         -- 1 for the first of a quarter
    author_id   BLOB    NOT NULL REFERENCES members (id),
    saved_at    BIGINT  NOT NULL,
    handed_over BOOLEAN NOT NULL,         -- donors and observers read no other
    UNIQUE (plan_id, period, version)
);

CREATE TRIGGER reports_are_not_changed BEFORE UPDATE ON reports
BEGIN SELECT RAISE(ABORT, 'reports are append-only'); END;
CREATE TRIGGER reports_are_not_removed BEFORE DELETE ON reports
BEGIN SELECT RAISE(ABORT, 'reports are append-only'); END;
-- REPLACE removes a row without a word to the trigger above.
CREATE TRIGGER reports_are_not_replaced BEFORE INSERT ON reports
WHEN EXISTS (
    SELECT 1 FROM reports
    WHERE id = NEW.id OR (plan_id = NEW.plan_id AND period = NEW.period AND version = NEW.version)
)
BEGIN SELECT RAISE(ABORT, 'reports are append-only'); END;

-- What each section of a version says. One that did not change points to the text of the version before, so that words
-- which are withdrawn are gone from every version that has them. A section without words has no row.
CREATE TABLE report_texts (
    report_id BLOB NOT NULL REFERENCES reports (id),
    section   TEXT NOT NULL,
    text_id   BLOB NOT NULL REFERENCES texts (id),
    PRIMARY KEY (report_id, section)
);
