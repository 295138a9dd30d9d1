### Notes to those who run the bot: what cannot be done by itself any more.
### Review: unreviewed

# Operator: to every administrator; a message was given up. $letter is its number in the database and the log.
operator-dead-letter = ⚠️ Letter { $letter } could not be delivered and will not be tried again. Please look into the log.

# Operator: to every administrator; an update was set aside after several tries. $update is Telegram's number of it, as in the log.
operator-dead-update = ⚠️ Update { $update } could not be handled, even after several tries, and was set aside. Please look into the log.
