-- The life of a household: who is muted and why, who hands whom over, who is calling, what was tried.

ALTER TABLE member ADD COLUMN muted_at BIGINT;
ALTER TABLE member ADD COLUMN muted_why TEXT;
-- What a muted household was before, to be it again.
ALTER TABLE household ADD COLUMN muted_was TEXT;
-- The member whom a change of state is about, by the row in the file; none if it is the household.
ALTER TABLE passage ADD COLUMN member_n BIGINT;

-- A household about to pass to another worker.
CREATE TABLE transfer (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    household_id BIGINT NOT NULL REFERENCES household (id),
    giver_id BIGINT NOT NULL REFERENCES staff (id),
    receiver_id BIGINT NOT NULL REFERENCES staff (id),
    asked_at BIGINT NOT NULL,
    letter_id BIGINT,
    outcome TEXT,
    settled_at BIGINT,
    due_at BIGINT
);
CREATE UNIQUE INDEX transfer_open ON transfer (household_id) WHERE settled_at IS NULL;
CREATE INDEX transfer_household ON transfer (household_id);
CREATE INDEX transfer_due ON transfer (due_at) WHERE due_at IS NOT NULL;

-- Who is phoning a household, so that nobody else does at the same time.
CREATE TABLE calling (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    household_id BIGINT NOT NULL UNIQUE REFERENCES household (id),
    staff_id BIGINT NOT NULL REFERENCES staff (id),
    due_at BIGINT
);
CREATE INDEX calling_due ON calling (due_at) WHERE due_at IS NOT NULL;

-- What was tried to reach a household that never answered; apart from contact.
CREATE TABLE attempt (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    household_id BIGINT NOT NULL REFERENCES household (id),
    alert_id BIGINT NOT NULL REFERENCES alert (id),
    at BIGINT NOT NULL,
    way TEXT NOT NULL,
    outcome TEXT NOT NULL,
    staff_id BIGINT NOT NULL REFERENCES staff (id),
    undone_at BIGINT
);
CREATE INDEX attempt_household ON attempt (household_id);
CREATE INDEX attempt_alert ON attempt (alert_id);
