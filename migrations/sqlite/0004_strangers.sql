-- Strangers in households' chats, what is held back while they are there, and chats that break.

-- While a chat is held, guarded letters to it wait.
ALTER TABLE chat ADD COLUMN held_at BIGINT;
ALTER TABLE outbox ADD COLUMN guarded BOOLEAN NOT NULL DEFAULT TRUE;

-- How many were in a household's group when it was counted last, and the rights that the bot lacks
-- there, of which the worker was told.
ALTER TABLE household ADD COLUMN counted BIGINT;
ALTER TABLE household ADD COLUMN lacks TEXT NOT NULL DEFAULT '';

-- Accounts in a household's chat that do not belong there. "ours" says whether they are counted among
-- those who do.
CREATE TABLE stranger (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    household_id BIGINT NOT NULL REFERENCES household (id),
    account_id BIGINT NOT NULL REFERENCES account (id),
    alert_id BIGINT,
    seen_at BIGINT NOT NULL,
    ours BOOLEAN NOT NULL,
    remove_letter BIGINT,
    removed_by BIGINT REFERENCES staff (id),
    settled_at BIGINT
);
CREATE UNIQUE INDEX stranger_open ON stranger (household_id, account_id) WHERE settled_at IS NULL;
CREATE INDEX stranger_alert ON stranger (alert_id) WHERE alert_id IS NOT NULL;
CREATE INDEX stranger_letter ON stranger (remove_letter) WHERE remove_letter IS NOT NULL;

-- Groups that the bot was brought into and that are nobody's: it leaves them.
CREATE TABLE foreign_chat (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    chat_id BIGINT NOT NULL UNIQUE REFERENCES chat (id),
    due_at BIGINT
);
CREATE INDEX foreign_chat_due ON foreign_chat (due_at) WHERE due_at IS NOT NULL;
