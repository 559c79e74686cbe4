-- Results: the logical framework beside the board, its indicators and their readings.

-- The fields of a text are the program's to know.
ALTER TABLE texts DROP CONSTRAINT texts_field_check;
ALTER TABLE texts RENAME COLUMN item_id TO subject_id;  -- results, indicators and readings have texts, too

-- Impact, outcomes and outputs. Activities are action items.
CREATE TABLE result_nodes (
    id             UUID PRIMARY KEY NOT NULL,
    plan_id        UUID NOT NULL REFERENCES plans (id),
    level          TEXT NOT NULL CHECK (level IN ('impact', 'outcome', 'output')),
    parent_id      UUID REFERENCES result_nodes (id) DEFERRABLE INITIALLY DEFERRED, -- a backup has no order of rows
    rank           TEXT COLLATE "C" NOT NULL,          -- fractional index among those below the same parent
    title_id       UUID NOT NULL REFERENCES texts (id),
    assumptions_id UUID NOT NULL REFERENCES texts (id),
    risks_id       UUID NOT NULL REFERENCES texts (id),
    objective_id   UUID UNIQUE REFERENCES objectives (id), -- an objective of the plan is at most one outcome
    CHECK ((level = 'impact') = (parent_id IS NULL))
);
CREATE INDEX result_nodes_by_plan ON result_nodes (plan_id);

-- Action items serve outputs.
CREATE TABLE result_links (
    item_id   UUID   NOT NULL REFERENCES items (id),
    output_id UUID   NOT NULL REFERENCES result_nodes (id),
    turn      BIGINT NOT NULL,               -- the lowest of an item's is its first output, and gives it its number
    rank      TEXT COLLATE "C" NOT NULL,               -- among the items of the output
    PRIMARY KEY (item_id, output_id)
);
CREATE INDEX result_links_by_output ON result_links (output_id);

CREATE TABLE indicators (
    id              UUID    PRIMARY KEY NOT NULL,
    plan_id         UUID    NOT NULL REFERENCES plans (id),
    node_id         UUID    NOT NULL REFERENCES result_nodes (id),
    code            TEXT COLLATE "C" NOT NULL,
    title_id        UUID    NOT NULL REFERENCES texts (id),
    definition_id   UUID    NOT NULL REFERENCES texts (id),
    verification_id UUID    NOT NULL REFERENCES texts (id),
    unit            TEXT    NOT NULL,
    scale           TEXT    NOT NULL,        -- JSON: kind, direction, accumulation, baseline, targets
    frequency       TEXT    NOT NULL CHECK (frequency IN ('quarter', 'half_year', 'year', 'once')),
    responsible_id  UUID    NOT NULL REFERENCES organisations (id),
    dimensions      TEXT    NOT NULL,        -- JSON: names with their categories
    was_approved    BOOLEAN NOT NULL,        -- a reading was, once: goals move only for a reason from then on
    UNIQUE (plan_id, code)
);

CREATE TABLE readings (
    id           UUID PRIMARY KEY NOT NULL,
    indicator_id UUID NOT NULL REFERENCES indicators (id),
    period       TEXT COLLATE "C" NOT NULL,              -- a quarter: 2019Q4
    value        TEXT NOT NULL,              -- JSON: a number, parts of a ratio, or words
    shares       TEXT NOT NULL,              -- JSON: the same by category
    narrative_id UUID NOT NULL REFERENCES texts (id),
    evidence     TEXT NOT NULL,              -- JSON: citations and links
    state        TEXT NOT NULL CHECK (state IN ('draft', 'submitted', 'returned', 'approved')),
    why          TEXT,                       -- it was returned or reopened last
    UNIQUE (indicator_id, period)
);

-- Periods that take no more readings.
CREATE TABLE closed_periods (
    plan_id UUID NOT NULL REFERENCES plans (id),
    period  TEXT NOT NULL,
    PRIMARY KEY (plan_id, period)
);

-- Traffic lights that were set by hand.
CREATE TABLE light_overrides (
    indicator_id UUID NOT NULL REFERENCES indicators (id),
    period       TEXT COLLATE "C" NOT NULL,
    light        TEXT NOT NULL CHECK (light IN ('green', 'amber', 'red', 'grey')),
    reason       TEXT NOT NULL,
    PRIMARY KEY (indicator_id, period)
);
