### Ways in: the button by which a group is chosen, and personal links to a group.
### Review: unreviewed

## A group

# Staff: the answer to /new; below is a button for each of them.
group-list =
    { $count ->
        [one] { $count } household has no chat yet.
       *[other] { $count } households have no chat yet.
    }
    Press one, then make its group or choose it.

# Staff: the answer to /new when there is nothing to open.
group-none = All your households have a chat. To give one another group: <code>/new 3-502</code>

# Button: under group-list: a household by its door.
group-button-household = { $door }

# Staff: after a household was chosen; the button group-button-choose stands below the field for writing.
group-choose = 👥 { $door }
    Press the button below the field for writing. Make a new group, or choose one that you made. I come along as an administrator.
    If your app offers no new group there, make it first and press the button again.

# Button: in place of the keyboard of a worker; opens the list of groups in the app.
group-button-choose = Choose the group

# Button: under file-view: opens the household’s group.
group-button-open = Open its group

# Staff: the group that was chosen is the household's now.
group-opened = ✅ { $door }: the group is open. Now add the people who live there, or give each a link: <code>/file { $door }</code>

# Staff: the chosen group belongs to another household; the button is shown again.
group-taken = This group is already another household’s. Choose another one with the button.

# Staff: the button is over, or was shown to somebody else.
group-request-over = This button is over. Start again: /new

# Staff: the app did not bring the bot into the group; $title is the group, $url a link, $command what to write there.
group-bot-missing = ⚠ { $door }: I am not in the group { $title }, even if your app says so.
    Open this link and choose the group: { $url }
    Or add me as an administrator, then write there: <code>{ $command }</code>

## Personal links

# Staff: a link to pass on to one member of a household.
invite-hand-out = ✉ { $door } · { $name }
    Pass this link on to { $name } and to nobody else: { $url }
    It works once, for 48 hours, with one account.

# Resident: in the private chat, to somebody who used their personal link; below is invite-button-open.
invite-link = Press the button and ask to join. You will be let in at once. This link is for you alone and holds for 48 hours.

# Button: under invite-link: opens the household's group.
invite-button-open = Open the group

# Resident: a personal link that was used before, by this account or another.
invite-used = This link was already used. Please ask your worker for a new one.

# Resident: a personal link that is too old.
invite-ended = This link has ended. Please ask your worker for a new one.

# Resident, and staff who want to make a link: the household has no group now; the link stays valid.
invite-later = There is no open group at the moment. Please use the link again later.

# Resident: a personal link was used by somebody who is in the group.
invite-already-in = You are in the group already. Now we know who you are. Thank you.

# Resident: the link to the group could not be made.
invite-failed = I cannot let you into the group at the moment. Your worker has been told. Please press your link again later.

# Staff: the bot lacks a right in a household's group; $name is the member who waits.
invite-no-right = ⚠ { $door }: I cannot let { $name } into the group. Make me an administrator there who may invite people. Then ask { $name } to press the same link again.

# Staff: somebody without a link of their own wanted to come in; $account is the name in Telegram.
invite-turned-away = 🚫 { $door }: { $account } has no valid link of their own and was turned away. I tell you of this at most once an hour.

# Button: under file-view: makes a personal link for a member.
invite-button-hand-out = ✉ Link: { $name }
