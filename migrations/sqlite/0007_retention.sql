-- The end of personal data: when a household's leads were warned, and when it was purged.

ALTER TABLE household ADD COLUMN warned_at BIGINT;
ALTER TABLE household ADD COLUMN purged_at BIGINT;

-- Households that were closed before there was a purge: the clock looks at them.
UPDATE household SET due_at = released_at WHERE state = 'closed' AND due_at IS NULL;

-- What is erased costs what is erased, not what there is.
CREATE INDEX inbox_raw ON inbox (received_at) WHERE raw <> '';
CREATE INDEX inbox_raw_chat ON inbox (chat_key) WHERE raw <> '';
CREATE INDEX outbox_untied ON outbox (written_at) WHERE household_id IS NULL AND args <> '';
CREATE INDEX outbox_untied_chat ON outbox (chat_id) WHERE household_id IS NULL AND args <> '';
CREATE INDEX seen_at ON seen (at);
CREATE INDEX link_household ON link (household_id);
CREATE INDEX passage_household ON passage (household_id);
CREATE INDEX contact_household ON contact (household_id);
CREATE INDEX question_household ON question (household_id);
CREATE INDEX free_text_household ON free_text (household_id);
CREATE INDEX presence_account ON presence (account_id);
CREATE INDEX claim_account ON claim (account_id);
CREATE INDEX acknowledgement_account ON acknowledgement (account_id);
CREATE INDEX prompt_account ON prompt (account_id);
CREATE INDEX stranger_household ON stranger (household_id);
