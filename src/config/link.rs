//! The addresses by which a person's app hands a token to the bot. They stand beside the Bot API's own
//! address: nobody below the door knows the platform.

/// The link that hands `token` to the bot in a private chat.
#[must_use]
pub fn private_link(bot: &str, token: &str) -> String {
    format!("https://t.me/{bot}?start={token}")
}

/// The link that brings the bot into a group as an administrator who can do what follow-up needs.
#[must_use]
pub fn group_link(bot: &str, token: &str) -> String {
    const RIGHTS: &str = "invite_users+pin_messages+delete_messages+restrict_members\
                          +change_info+manage_chat";
    format!("https://t.me/{bot}?startgroup={token}&admin={RIGHTS}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_carry_the_token_and_the_rights_that_follow_up_needs() {
        assert_eq!(private_link("d_bot", "T"), "https://t.me/d_bot?start=T");
        assert_eq!(
            group_link("d_bot", "T"),
            "https://t.me/d_bot?startgroup=T&admin=invite_users+pin_messages+delete_messages\
             +restrict_members+change_info+manage_chat"
        );
    }
}
