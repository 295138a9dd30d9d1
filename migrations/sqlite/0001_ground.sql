-- The ground: bots, chats, accounts, what came in, what must go out, what was done.
-- Instants are milliseconds since 1970 UTC. Every table with a Telegram id has bot_id.

CREATE TABLE setting (
    name TEXT PRIMARY KEY,
    value BIGINT NOT NULL
);

CREATE TABLE bot (
    bot_id BIGINT PRIMARY KEY,
    username TEXT NOT NULL,
    epoch BIGINT NOT NULL,
    next_update BIGINT NOT NULL,
    met_at BIGINT NOT NULL
);

CREATE TABLE inbox (
    bot_id BIGINT NOT NULL,
    epoch BIGINT NOT NULL,
    update_id BIGINT NOT NULL,
    chat_key BIGINT NOT NULL,
    raw TEXT NOT NULL,
    received_at BIGINT NOT NULL,
    state TEXT NOT NULL DEFAULT 'new',
    attempts BIGINT NOT NULL DEFAULT 0,
    retry_at BIGINT NOT NULL DEFAULT 0,
    error TEXT,
    PRIMARY KEY (bot_id, epoch, update_id)
);
CREATE INDEX inbox_new ON inbox (epoch, update_id) WHERE state = 'new';
CREATE INDEX inbox_held ON inbox (chat_key, retry_at) WHERE state = 'new' AND retry_at > 0;

-- What has had its effect: cb:<press> or msg:<chat>:<message>:<edit date>.
CREATE TABLE seen (
    key TEXT PRIMARY KEY,
    at BIGINT NOT NULL
);

CREATE TABLE chat (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    bot_id BIGINT NOT NULL,
    telegram_id BIGINT,
    kind TEXT NOT NULL,
    closed_at BIGINT,
    closed_why TEXT,
    UNIQUE (bot_id, telegram_id)
);

CREATE TABLE account (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    bot_id BIGINT NOT NULL,
    telegram_id BIGINT NOT NULL,
    name TEXT NOT NULL,
    proposed_language TEXT,
    language TEXT,
    first_seen_at BIGINT NOT NULL,
    UNIQUE (bot_id, telegram_id)
);

CREATE TABLE outbox (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    bot_id BIGINT NOT NULL,
    chat_id BIGINT NOT NULL REFERENCES chat (id),
    written_at BIGINT NOT NULL,
    lane BIGINT NOT NULL,
    text_id TEXT,
    language TEXT,
    args TEXT NOT NULL,
    outgoing TEXT NOT NULL,
    silent BOOLEAN NOT NULL,
    household_id BIGINT,
    cause TEXT NOT NULL,
    target BIGINT,
    merge_key TEXT,
    state TEXT NOT NULL,
    not_before BIGINT NOT NULL,
    expires_at BIGINT,
    attempts BIGINT NOT NULL DEFAULT 0,
    plain BOOLEAN NOT NULL DEFAULT FALSE,
    message_id BIGINT,
    error TEXT,
    settled_at BIGINT
);
CREATE INDEX outbox_queued ON outbox (lane, id) WHERE state = 'queued';
CREATE INDEX outbox_queued_chat ON outbox (chat_id, lane, id) WHERE state = 'queued';
CREATE INDEX outbox_queued_due ON outbox (not_before) WHERE state = 'queued';
CREATE INDEX outbox_sending ON outbox (id) WHERE state = 'sending';
CREATE UNIQUE INDEX outbox_merged ON outbox (merge_key) WHERE state = 'queued';
CREATE INDEX outbox_message ON outbox (chat_id, message_id) WHERE message_id IS NOT NULL;
CREATE INDEX outbox_reminders ON outbox (household_id) WHERE state = 'queued' AND lane = 3;
CREATE INDEX outbox_target ON outbox (target) WHERE target IS NOT NULL;
CREATE INDEX outbox_household ON outbox (household_id) WHERE household_id IS NOT NULL;

-- Button meanings too long for Telegram's 64 bytes.
CREATE TABLE long_press (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    meaning TEXT NOT NULL UNIQUE
);

CREATE TABLE journal (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    at BIGINT NOT NULL,
    actor TEXT NOT NULL,
    action TEXT NOT NULL,
    object TEXT NOT NULL,
    household_id BIGINT,
    detail TEXT NOT NULL
);
CREATE INDEX journal_household ON journal (household_id) WHERE household_id IS NOT NULL;
