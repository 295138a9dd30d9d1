### At the door: language, notice, who is who, links, strangers, and presses that cannot be carried out.
### Review: unreviewed

## Language

# Resident: the first message in a household's chat, and the answer to /lang.
language-choice = Hello. Choose your language. You can change it any time: /lang

# Button: under language-choice; $language is the name of the language in itself.
language-button = { $language }

# Button: under language-choice: shows further languages to somebody who may not read this one.
language-button-more = 🌐 More

# Toast: after the choice; $language is the name of the language in itself.
language-toast = Language: { $language }

## Notice

# Resident: after the choice of language, to be acknowledged; $number is the emergency number, $days how long data are kept after the end.
notice =
    This chat is for your home quarantine until { $date }. Send everyone’s temperature when we ask. Ask here for food or help. In danger, call { $number }. { $days ->
        [one] We delete your data { $days } day after the end.
       *[other] We delete your data { $days } days after the end.
    }

# Button: under notice: I have read it.
notice-button-acknowledge = I understand

# Button: under notice: to write to a person.
notice-button-questions = Questions

# Toast: after [I understand].
notice-toast = Thank you.

# Resident: in a group in which the bot receives no plain messages; the worker who made the group reads it too.
chat-unheard = I cannot read plain messages here. Please make me an administrator of this group, then write any word.

## Who is who

# Resident: a reply to somebody whom the bot does not know yet; below are the members' names.
who-are-you = Who are you? Please press your name.

# Staff: to the worker; $account is the name in Telegram, $name the member's name or member-nobody-yet.
member-claimed = 👤 { $place }
    { $account } is in the chat as: { $name }
    Press a button if this is wrong, or when everybody is in the chat.

# Part: in member-claimed in place of $name: this person has not said who they are.
member-nobody-yet = not said yet

# Button: under member-claimed: this person does not belong to the household.
member-button-refuse = Not in this household

# Button: under member-claimed: all members are in the chat; any further person is a stranger.
member-button-everybody = Everybody is in

# Toast: after a press on one's name.
member-toast-claimed = Thank you. You are { $name } here.

# Toast: to the worker, after [Not in this household].
member-toast-refused = Noted. This person does not count as a member any more.

# Toast: to the worker, after [Everybody is in].
member-toast-everybody = Noted. From now on you are told of anybody new in the chat.

## Links

# Resident: a link that binds a chat was used by somebody who may not, or in the wrong kind of chat; the link stays valid.
link-not-yours = This link cannot be used here. Please ask the person who gave it to you.

# Resident: a link was used in a chat that is another household's.
link-chat-taken = This chat is already in use. Please use the link in another chat.

# Resident: the household of this link is not followed any more.
link-over = This link is not needed any more. Please ask the person who gave it to you.

# Resident: a link that is not known.
link-unknown = This link is not known or is too old. Please ask for a new one.

## Strangers

# Resident: to anybody who is not known here, in any chat; it tells nothing of what the bot is for.
stranger = This bot is only for people who were invited. In an emergency, call { $number }.

# Resident: in a household's group, once, when somebody is there whom the bot does not know; it tells nothing of the household.
chat-held = There is somebody here I do not know. Until this is cleared up, I hold back what is private. In danger, write it here or call { $number }.

# Toast: to staff, after [It is ..] about a stranger; $name is the member's name.
stranger-toast-ours = Noted. This is { $name }.

# Toast: to staff, after [Remove]: Telegram is asked; if it refuses, a message follows.
stranger-toast-remove = I try to remove this person.

# Toast: to staff, after [All belong here].
stranger-toast-accept = Noted. Everybody in the chat belongs here.

# Staff: after [Remove], when the bot may not do it; $account is the name in Telegram.
stranger-not-removed-rights = ⚠️ { $door }: I could not remove { $account }. Please remove them yourself in the group, or allow me to ban users there and press again.

# Staff: after [Remove], when the person is owner or administrator of the group; $account is the name in Telegram.
stranger-not-removed-administrator = ⚠️ { $door }: I could not remove { $account }, because they are an administrator of the group. The owner of the group must do it.

## Chats that break

# Staff: to the worker, when the bot loses rights in a household's group; $rights_list are right-*.
rights-lost = ⚠️ { $door }: in this group the bot may no longer { $rights_list }. Please open the group’s settings, then the administrators, then the bot, and allow it.

# Staff: to the worker, after rights-lost, when the bot has all its rights again.
rights-back = ✅ { $door }: the bot has all the rights it needs again.

# Part: in rights-lost: what the bot may not do.
right-invite-users = invite users

# Part: in rights-lost: what the bot may not do.
right-pin-messages = pin messages

# Part: in rights-lost: what the bot may not do.
right-delete-messages = delete messages

# Part: in rights-lost: what the bot may not do.
right-restrict-members = ban users

# Staff: to the worker who has left a household's group or was removed from it.
worker-left = 🚪 { $door }: you are no longer in this household’s group. What they write comes to you here. To come back, ask them to add you to the group.

## Presses that cannot be carried out

# Toast: to residents and staff: the button or the command is not for this person.
not-yours = This is for somebody else.

# Toast: to residents and staff: the button is over.
already-closed = This is already closed.
