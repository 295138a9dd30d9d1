-- Areas, staff, households, their members, and the chats that belong to them.

CREATE TABLE area (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    path TEXT NOT NULL UNIQUE
);

CREATE TABLE staff (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    name TEXT NOT NULL,
    folded_name TEXT NOT NULL UNIQUE,
    role TEXT NOT NULL,
    area TEXT NOT NULL,
    languages TEXT NOT NULL,
    state TEXT NOT NULL,
    on_duty BOOLEAN NOT NULL DEFAULT FALSE,
    bot_id BIGINT,
    account_id BIGINT REFERENCES account (id),
    chat_id BIGINT REFERENCES chat (id),
    token_hash TEXT UNIQUE,
    token_expires_at BIGINT,
    invited_at BIGINT NOT NULL,
    joined_at BIGINT
);
CREATE UNIQUE INDEX staff_account ON staff (account_id) WHERE state = 'active';
CREATE INDEX staff_area ON staff (area);

CREATE TABLE household (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    code TEXT NOT NULL UNIQUE,
    area TEXT NOT NULL,
    building TEXT NOT NULL,
    unit TEXT NOT NULL,
    room TEXT NOT NULL,
    language TEXT NOT NULL,
    chosen_language TEXT,
    timezone TEXT NOT NULL,
    category TEXT NOT NULL,
    start_on DATE NOT NULL,
    days BIGINT NOT NULL,
    labels TEXT NOT NULL,
    worker_id BIGINT NOT NULL REFERENCES staff (id),
    backup_id BIGINT REFERENCES staff (id),
    state TEXT NOT NULL,
    channel TEXT NOT NULL,
    bot_id BIGINT,
    chat_id BIGINT REFERENCES chat (id),
    imported_at BIGINT NOT NULL,
    bound_at BIGINT,
    heard_at BIGINT,
    settled_in_at BIGINT,
    member_count BIGINT,
    release_asked_by BIGINT,
    released_at BIGINT,
    card_letter BIGINT,
    card_not_before BIGINT NOT NULL DEFAULT 0,
    due_at BIGINT
);
CREATE INDEX household_due ON household (due_at) WHERE due_at IS NOT NULL;
CREATE INDEX household_area ON household (area);
CREATE UNIQUE INDEX household_chat ON household (chat_id) WHERE chat_id IS NOT NULL;

CREATE TABLE member (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    household_id BIGINT NOT NULL REFERENCES household (id),
    n BIGINT NOT NULL,
    name TEXT NOT NULL,
    relation TEXT NOT NULL,
    birth_year BIGINT,
    phone TEXT NOT NULL,
    UNIQUE (household_id, n)
);

-- One-time links to a household, stored hashed.
CREATE TABLE link (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    token_hash TEXT NOT NULL UNIQUE,
    household_id BIGINT NOT NULL REFERENCES household (id),
    kind TEXT NOT NULL,
    expires_at BIGINT NOT NULL,
    used_at BIGINT
);

-- Accounts seen in a household's chat: asked once who they are.
CREATE TABLE presence (
    chat_id BIGINT NOT NULL REFERENCES chat (id),
    account_id BIGINT NOT NULL REFERENCES account (id),
    asked_letter BIGINT,
    spoke_at BIGINT,
    left_at BIGINT,
    PRIMARY KEY (chat_id, account_id)
);

CREATE TABLE claim (
    household_id BIGINT NOT NULL REFERENCES household (id),
    account_id BIGINT NOT NULL REFERENCES account (id),
    member_id BIGINT NOT NULL REFERENCES member (id),
    claimed_at BIGINT NOT NULL,
    refused_at BIGINT,
    PRIMARY KEY (household_id, account_id, member_id)
);

CREATE TABLE acknowledgement (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    household_id BIGINT NOT NULL REFERENCES household (id),
    account_id BIGINT NOT NULL REFERENCES account (id),
    notice_version BIGINT NOT NULL,
    at BIGINT NOT NULL,
    UNIQUE (household_id, account_id, notice_version)
);

-- What the next message of an account in a chat is an answer to.
CREATE TABLE prompt (
    chat_id BIGINT NOT NULL REFERENCES chat (id),
    account_id BIGINT NOT NULL REFERENCES account (id),
    wanted TEXT NOT NULL,
    about TEXT NOT NULL,
    asked_at BIGINT NOT NULL,
    PRIMARY KEY (chat_id, account_id)
);

-- Changes of a household's state, for its timeline.
CREATE TABLE passage (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    household_id BIGINT NOT NULL REFERENCES household (id),
    at BIGINT NOT NULL,
    was TEXT NOT NULL,
    became TEXT NOT NULL,
    reason TEXT,
    who_kind TEXT NOT NULL,
    who_ref TEXT
);

-- Contact that was made or tried.
CREATE TABLE contact (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    household_id BIGINT NOT NULL REFERENCES household (id),
    alert_id BIGINT,
    at BIGINT NOT NULL,
    way TEXT NOT NULL,
    outcome TEXT NOT NULL,
    staff_id BIGINT NOT NULL REFERENCES staff (id)
);

-- Neutral sentences said to strangers, at most one an hour and chat.
CREATE TABLE stranger_notice (
    chat_id BIGINT PRIMARY KEY REFERENCES chat (id),
    at BIGINT NOT NULL
);
