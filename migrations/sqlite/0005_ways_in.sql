-- Ways in: groups that are chosen by a button, personal links, a second number, questions asked once.

-- A button by which a person of the staff chooses or makes the group of a household.
CREATE TABLE group_request (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    bot_id BIGINT NOT NULL,
    household_id BIGINT NOT NULL REFERENCES household (id),
    staff_id BIGINT NOT NULL REFERENCES staff (id),
    asked_at BIGINT NOT NULL,
    chat_id BIGINT REFERENCES chat (id),
    title TEXT,
    settled_at BIGINT
);
CREATE INDEX group_request_waiting ON group_request (chat_id) WHERE settled_at IS NULL;
CREATE INDEX group_request_household ON group_request (household_id);

-- Whom a one-time token is for, and who used it.
ALTER TABLE link ADD COLUMN member_id BIGINT REFERENCES member (id);
ALTER TABLE link ADD COLUMN used_by BIGINT REFERENCES account (id);
CREATE INDEX link_member ON link (member_id) WHERE member_id IS NOT NULL;

-- A link to a household's group by which one account may ask to be let in.
CREATE TABLE invite (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    bot_id BIGINT NOT NULL,
    link_id BIGINT NOT NULL REFERENCES link (id),
    household_id BIGINT NOT NULL REFERENCES household (id),
    member_id BIGINT NOT NULL REFERENCES member (id),
    account_id BIGINT NOT NULL REFERENCES account (id),
    chat_id BIGINT NOT NULL REFERENCES chat (id),
    state TEXT NOT NULL,
    letter BIGINT,
    url TEXT,
    asked_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL,
    used_at BIGINT
);
CREATE INDEX invite_link ON invite (link_id);
CREATE INDEX invite_household ON invite (household_id);
CREATE INDEX invite_letter ON invite (letter);
CREATE INDEX invite_url ON invite (chat_id, url);
CREATE UNIQUE INDEX invite_open ON invite (member_id) WHERE state IN ('wanted', 'made');

-- When staff were last told that somebody was turned away, at most once an hour and household.
CREATE TABLE turned_away (
    household_id BIGINT PRIMARY KEY REFERENCES household (id),
    at BIGINT NOT NULL
);

ALTER TABLE member ADD COLUMN phone2 TEXT NOT NULL DEFAULT '';
ALTER TABLE member ADD COLUMN phone_owner TEXT NOT NULL DEFAULT '';

-- The questions that a household is asked once, and the one that waits in its chat.
CREATE TABLE intake (
    household_id BIGINT PRIMARY KEY REFERENCES household (id),
    asked_at BIGINT NOT NULL,
    asked_by BIGINT NOT NULL REFERENCES staff (id),
    question TEXT,
    letter BIGINT
);

-- The newest answer to each; empty if it was passed over.
CREATE TABLE intake_answer (
    household_id BIGINT NOT NULL REFERENCES household (id),
    question TEXT NOT NULL,
    choice TEXT,
    words TEXT,
    at BIGINT NOT NULL,
    who_kind TEXT NOT NULL,
    who_ref TEXT,
    PRIMARY KEY (household_id, question)
);
