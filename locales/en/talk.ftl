### Talking to a person: residents' own words to the staff, and the staff's answers back.
### Review: unreviewed

## In the household's chat

# Resident: after [Talk to a person]; $staff reads, $number is the emergency number.
talk-opened = Write here what you want to say. { $staff } reads it. If someone is in danger, call { $number }.

# Resident: the same, while no person can be named.
talk-opened-nobody = Write here what you want to say. We pass it on to a person. If someone is in danger, call { $number }.

# Resident: what $staff answers, in their own words.
talk-from-staff = 👤 { $staff }: { $text }

## In the private chat of a worker, lead or officer. $place is the door and the code, $member who writes.

# Staff: somebody has pressed [Talk to a person]; what they write follows.
talk-wanted = 💬 { $place } · { $member } wants to talk to a person.
    Reply to this message to answer.

# Staff: what somebody wrote in the household's chat.
talk-from-household = 💬 { $place } · { $member }
    “{ $text }”
    Reply to this message to answer.

# Staff: somebody sent a photo, a recording or a very long text; it stands in the next message.
talk-media-from-household = 💬 { $place } · { $member } sent this:
    Reply to it to answer.

# Part: in place of $member while the bot does not know who writes.
talk-unknown = unknown person

# Staff: a reply could not be passed on: the household is followed by phone, or its chat is closed.
talk-no-chat = { $door } cannot be written to. Please phone or visit.

# Staff: a reply held a photo, a recording or a file.
talk-only-text = Only text can be passed on. Please write it.

# Staff: a reply was too long to be passed on.
talk-too-long = That is too long. Please write at most { $count } characters.
