-- The work: slots and checks, reports, questions, alerts, supply requests, free text.

CREATE TABLE slot (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    household_id BIGINT NOT NULL REFERENCES household (id),
    slot_on DATE NOT NULL,
    slot_no BIGINT NOT NULL,
    opens_at BIGINT NOT NULL,
    stage TEXT NOT NULL,
    due_at BIGINT,
    UNIQUE (household_id, slot_on, slot_no)
);
CREATE INDEX slot_due ON slot (due_at) WHERE due_at IS NOT NULL;

CREATE TABLE health_check (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    slot_id BIGINT NOT NULL REFERENCES slot (id),
    household_id BIGINT NOT NULL REFERENCES household (id),
    member_id BIGINT NOT NULL REFERENCES member (id),
    state TEXT NOT NULL,
    excused_until BIGINT,
    UNIQUE (slot_id, member_id)
);
CREATE INDEX health_check_household ON health_check (household_id);

CREATE TABLE report (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    household_id BIGINT NOT NULL REFERENCES household (id),
    member_id BIGINT NOT NULL REFERENCES member (id),
    slot_id BIGINT REFERENCES slot (id),
    bot_id BIGINT NOT NULL,
    chat_id BIGINT REFERENCES chat (id),
    message_id BIGINT,
    rev BIGINT NOT NULL,
    tenths BIGINT NOT NULL,
    site TEXT,
    symptoms TEXT,
    said_at BIGINT NOT NULL,
    recorded_at BIGINT NOT NULL,
    via TEXT NOT NULL,
    account_id BIGINT REFERENCES account (id),
    staff_id BIGINT REFERENCES staff (id),
    superseded_at BIGINT
);
CREATE INDEX report_member ON report (member_id, said_at);
CREATE INDEX report_message ON report (chat_id, message_id);
CREATE INDEX report_household ON report (household_id);

-- A reading that was asked about and waits for its answer.
CREATE TABLE question (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    household_id BIGINT NOT NULL REFERENCES household (id),
    chat_id BIGINT NOT NULL REFERENCES chat (id),
    account_id BIGINT REFERENCES account (id),
    message_id BIGINT,
    member_id BIGINT,
    tenths BIGINT,
    symptoms TEXT,
    said_at BIGINT NOT NULL,
    letter_id BIGINT,
    settled_at BIGINT,
    due_at BIGINT
);
CREATE INDEX question_due ON question (due_at) WHERE due_at IS NOT NULL;
CREATE INDEX question_letter ON question (letter_id) WHERE letter_id IS NOT NULL;
CREATE INDEX question_open ON question (household_id) WHERE settled_at IS NULL;

CREATE TABLE alert (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    kind TEXT NOT NULL,
    open_key TEXT,
    household_id BIGINT NOT NULL REFERENCES household (id),
    member_id BIGINT,
    area TEXT NOT NULL,
    worker_id BIGINT NOT NULL REFERENCES staff (id),
    backup_id BIGINT REFERENCES staff (id),
    subject TEXT NOT NULL,
    raised_at BIGINT NOT NULL,
    rung BIGINT NOT NULL,
    state TEXT NOT NULL,
    taken_at BIGINT,
    taken_by BIGINT REFERENCES staff (id),
    contacted_at BIGINT,
    excused_until BIGINT,
    resolved_at BIGINT,
    resolved_by BIGINT REFERENCES staff (id),
    reason TEXT,
    due_at BIGINT
);
CREATE INDEX alert_due ON alert (due_at) WHERE due_at IS NOT NULL;
CREATE UNIQUE INDEX alert_open ON alert (open_key) WHERE open_key IS NOT NULL;
CREATE INDEX alert_household ON alert (household_id);
CREATE INDEX alert_worker ON alert (worker_id) WHERE state <> 'resolved';

CREATE TABLE alert_step (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    alert_id BIGINT NOT NULL REFERENCES alert (id),
    at BIGINT NOT NULL,
    step TEXT NOT NULL,
    rung BIGINT NOT NULL,
    recipients TEXT NOT NULL,
    reason TEXT,
    who_kind TEXT NOT NULL,
    who_ref TEXT,
    before TEXT
);
CREATE INDEX alert_step_alert ON alert_step (alert_id);

-- Who was told of an alert, and the message in which it stands before them.
CREATE TABLE told (
    alert_id BIGINT NOT NULL REFERENCES alert (id),
    staff_id BIGINT NOT NULL REFERENCES staff (id),
    rung BIGINT NOT NULL,
    told_at BIGINT NOT NULL,
    letter_id BIGINT NOT NULL,
    PRIMARY KEY (alert_id, staff_id)
);
CREATE INDEX told_letter ON told (letter_id);

CREATE TABLE supply_request (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    household_id BIGINT NOT NULL REFERENCES household (id),
    account_id BIGINT REFERENCES account (id),
    chat_id BIGINT NOT NULL REFERENCES chat (id),
    bot_id BIGINT NOT NULL,
    message_id BIGINT,
    text TEXT NOT NULL,
    photo TEXT,
    media BOOLEAN NOT NULL,
    language TEXT NOT NULL,
    urgent BOOLEAN NOT NULL,
    state TEXT NOT NULL,
    owner_id BIGINT REFERENCES staff (id),
    asked_at BIGINT NOT NULL,
    accepted_at BIGINT,
    promised_at BIGINT,
    delivered_at BIGINT,
    confirmed_at BIGINT,
    declined_reason TEXT,
    household_letter BIGINT,
    due_at BIGINT
);
CREATE INDEX supply_request_household ON supply_request (household_id);
CREATE INDEX supply_request_due ON supply_request (due_at) WHERE due_at IS NOT NULL;

CREATE TABLE supply_step (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    request_id BIGINT NOT NULL REFERENCES supply_request (id),
    at BIGINT NOT NULL,
    state TEXT NOT NULL,
    who_kind TEXT NOT NULL,
    who_ref TEXT
);
CREATE INDEX supply_step_request ON supply_step (request_id);

-- Who was told of a request, and the message in which it stands before them.
CREATE TABLE supply_told (
    request_id BIGINT NOT NULL REFERENCES supply_request (id),
    staff_id BIGINT NOT NULL REFERENCES staff (id),
    letter_id BIGINT NOT NULL,
    PRIMARY KEY (request_id, staff_id)
);

-- A resident's words that a person must see.
CREATE TABLE free_text (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    household_id BIGINT NOT NULL REFERENCES household (id),
    chat_id BIGINT NOT NULL REFERENCES chat (id),
    bot_id BIGINT NOT NULL,
    message_id BIGINT NOT NULL,
    account_id BIGINT REFERENCES account (id),
    text TEXT NOT NULL,
    media BOOLEAN NOT NULL,
    said_at BIGINT NOT NULL,
    shown_at BIGINT,
    due_at BIGINT
);
CREATE INDEX free_text_due ON free_text (due_at) WHERE due_at IS NOT NULL;
