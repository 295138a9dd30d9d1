### The file of a household, as staff look it up.
### Review: unreviewed

# Staff: /file or /new with words that name no household of the reader's.
file-unknown = I know no such household of yours. Write its door or its code: <code>/file 3-502</code>

# Staff: /file or /new with a door at which several households live.
file-several = Several households have this door. Write the code instead.

# Staff: the answer to /file: a household's file; $state is file-state, $channel file-channel, $lines its members and what it answered.
file-view =
    🏠 { $place }
    { $state } · { $channel } · day { $day } of { $days }, until { $date }
    { $lines }

# Part: in file-view: how far the household has come.
file-state =
    { $state ->
        [imported] not opened yet
        [binding] being opened
        [active] followed up
        [held] held: a stranger is in the chat
        [muted] muted
        [released] released
        [closed] closed
       *[purged] erased
    }

# Part: in file-view: how the household is reached.
file-channel =
    { $channel ->
        [group] group
        [private] private chat
        [phone] telephone only
       *[none] no chat
    }

# Part: a line of file-view; $items are the name, file-born and the numbers.
file-member = { $n }. { $items }

# Part: in file-member.
file-born = born { $year }

# Part: in file-member: the telephone number.
file-phone = ☎ { $phone }

# Part: in file-member: the second telephone number.
file-phone-second = second number { $phone }

# Part: in file-member: the number is another person's.
file-phone-owner = this phone belongs to { $owner }
