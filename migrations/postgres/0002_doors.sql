-- As for SQLite, where each column is explained too.
-- Accounts and doors: invitations, second factors, what slows down guessing, mail that waits, and the audit.

-- The one network that this database belongs to.
CREATE TABLE network (
    id                     BIGINT  PRIMARY KEY NOT NULL CHECK (id = 1),
    name                   TEXT    NOT NULL,
    requires_second_factor BOOLEAN NOT NULL  -- whoever has none may only set one up
);
INSERT INTO network (id, name, requires_second_factor)
SELECT 1, '', FALSE WHERE EXISTS (SELECT 1 FROM organisations);

ALTER TABLE members ADD COLUMN language TEXT;           -- BCP 47 tag of what is mailed; none: not chosen yet
ALTER TABLE members ADD COLUMN joined_at BIGINT;        -- none while an invitation waits to be accepted
ALTER TABLE members ADD COLUMN totp_secret TEXT;        -- base32, RFC 6238; has to be read to be checked
ALTER TABLE members ADD COLUMN totp_confirmed BOOLEAN NOT NULL DEFAULT FALSE; -- a first code has shown that the device has it
ALTER TABLE members ADD COLUMN totp_step BIGINT NOT NULL DEFAULT 0; -- the step of the last code: none counts twice
UPDATE members SET joined_at = 0;                       -- who is here was never invited

-- For the day when the device with the second factor is lost. Each serves once, and is then gone.
CREATE TABLE recovery_codes (
    member_id UUID NOT NULL REFERENCES members (id),
    code_hash TEXT NOT NULL,              -- SHA-256 in hex
    PRIMARY KEY (member_id, code_hash)
);

DELETE FROM sessions;                                   -- those of today end sooner, and say from where
ALTER TABLE sessions ADD COLUMN device TEXT NOT NULL DEFAULT '';    -- browser and system in two words
ALTER TABLE sessions ADD COLUMN used_at BIGINT NOT NULL DEFAULT 0;  -- as exact as the hourly extension

-- What opens a door once: an invitation, a reset of the password, the time between password and code.
CREATE TABLE links (
    token_hash TEXT   PRIMARY KEY NOT NULL, -- SHA-256 in hex; the token is shown or mailed, and kept nowhere
    kind       TEXT   NOT NULL CHECK (kind IN ('invitation', 'reset', 'second_step')),
    member_id  UUID   NOT NULL REFERENCES members (id),
    created_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL
);
CREATE INDEX links_by_member ON links (member_id);

-- Failures in a row, by account, address or browser, so that every node slows down the same guesser.
CREATE TABLE attempts (
    who      TEXT   PRIMARY KEY NOT NULL, -- SHA-256 in hex of kind and name: no addresses are collected here
    failures BIGINT NOT NULL,
    last_at  BIGINT NOT NULL,
    free_at  BIGINT NOT NULL              -- nothing is tried before
);

-- Browsers in which an account was signed in: a stranger's guesses do not lock them out.
CREATE TABLE known_browsers (
    token_hash TEXT   NOT NULL,           -- SHA-256 in hex
    member_id  UUID   NOT NULL REFERENCES members (id),
    used_at    BIGINT NOT NULL,
    PRIMARY KEY (token_hash, member_id)
);

-- Mail that waits to be sent. What it links to is made when it is sent, so nothing here opens a door.
CREATE TABLE mails (
    id         UUID   PRIMARY KEY NOT NULL,
    kind       TEXT   NOT NULL CHECK (kind IN ('invitation', 'reset', 'password_changed')),
    member_id  UUID   NOT NULL REFERENCES members (id),
    language   TEXT   NOT NULL,           -- BCP 47
    created_at BIGINT NOT NULL,
    tries      BIGINT NOT NULL,
    next_at    BIGINT NOT NULL
);

-- Who did what to accounts and doors, when and from where. Nothing is ever changed or removed.
CREATE TABLE audit (
    id         UUID   PRIMARY KEY NOT NULL,
    at         BIGINT NOT NULL,
    actor_id   UUID   REFERENCES members (id), -- none: nobody who is known here
    address    TEXT   NOT NULL,           -- of the network; empty for the command line
    action     TEXT   NOT NULL,
    subject_id UUID   REFERENCES members (id), -- whose account it was about, if another's or nobody's
    detail     TEXT   NOT NULL            -- JSON; of what people type only the reason of an override
);
CREATE INDEX audit_by_time ON audit (at);

CREATE FUNCTION audit_is_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION 'the audit is append-only'; END $$;
CREATE TRIGGER audit_is_not_changed BEFORE UPDATE OR DELETE ON audit
FOR EACH ROW EXECUTE FUNCTION audit_is_append_only();
CREATE TRIGGER audit_is_not_emptied BEFORE TRUNCATE ON audit
FOR EACH STATEMENT EXECUTE FUNCTION audit_is_append_only();
