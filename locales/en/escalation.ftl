### Alerts before staff: one message for each danger, one list for everything that waits.
### Review: unreviewed

## A danger. $ref is the alert's number, such as A-12; $place is the door, with the household's code where that is another word.

# Staff: with sound, to worker, doctor, lead or officer; $lines are danger-head, what is known, and where it stands.
danger-alert = { $lines }

# Part: the first line of danger-alert; $member is a name or alert-whole-household.
danger-head = 🆘 Needs help · { $place } · { $member } · day { $day } · { $ref }

# Part: in place of $member: nobody knows who, or it is about all.
alert-whole-household = whole household

# Part: a line of danger-alert, and the value in danger-storm-row.
danger-value = { $celsius } °C

# Part: a line of danger-alert; $before is the value before this one.
danger-value-before = { $celsius } °C (before: { $before } °C)

# Part: a line of danger-alert; $symptoms are symptom-* in a row.
danger-symptoms = Symptoms: { $symptoms }

# Part: a line of danger-alert: somebody sent it whom the bot does not know.
danger-unknown-sender = We do not know who sent this.

# Part: a line of danger-alert: we asked if the value is right, and nobody answered.
danger-unconfirmed = Not confirmed: our question was not answered.

# Part: a line of danger-alert: the value was changed by those who sent it.
danger-corrected = Corrected by the resident. Please check with them.

# Part: a line of danger-alert: somebody pressed the emergency button; in danger-storm-row, any danger without a value.
danger-emergency = Asks for help now

# Part: a line of danger-alert: a message holds words of danger, such as not being able to breathe.
danger-red-flag = A message tells of danger.

# Part: a line of danger-alert, when the household pressed [Call me now].
danger-call-me = Asks to be called now.

# Part: a line of danger-alert, when the household pressed [Pressed by mistake].
danger-mistake = Says it was pressed by mistake. Please check.

# Part: the last line of danger-alert: nobody has it.
danger-call-now = ⏰ Nobody has it yet. Call now.

# Part: the last line of danger-alert: $staff has it.
danger-taken = 👤 { $staff } has it

# Part: the last line of danger-alert: $staff spoke with the household at $time.
danger-contacted = 👤 { $staff } reached them at { $time }. Open until a lead, doctor or officer closes it.

# Part: the last line of danger-alert: it is over.
danger-closed = ✅ Closed

# Staff: with sound, in place of many danger-alert at once; $lines are danger-storm-row, with a button for each.
danger-storm =
    { $count ->
        [0] ✅ All of these are closed.
        [one] 🆘 Needs help: { $count }. Take it with the button, then call.
       *[other] 🆘 Needs help: { $count }. Take one with its button, then call.
    }
    { $lines }

# Part: a line of danger-storm; $value is danger-value or danger-emergency.
danger-storm-row = 🆘 { $ref } · { $door } · { $member } · { $value }

# Button: under danger-alert: I do it.
alert-button-take = I take it

# Button: under danger-alert: the lead is to do it.
alert-button-pass = ↗ Pass on

# Button: under danger-alert: I spoke with them.
alert-button-contacted = ☎ Reached

# Button: under danger-alert: I called, nobody answered.
alert-button-no-answer = ☎ No answer

# Button: under danger-alert: I was there.
alert-button-visited = 🚪 Visited

# Button: under danger-alert: takes the last press back.
alert-button-undo = ↩ Undo

# Button: under danger-alert, for leads, doctors and officers: it is over; a reason is asked next.
alert-button-close = ✅ Close

# Button: under danger-storm: I take this one.
alert-button-take-one = Take { $ref }

# Staff: after [Close]; the next message is the reason.
alert-ask-reason = Why can { $ref } be closed? Write one short message. It is kept in the record.

# Staff: after the reason.
alert-closed = ✅ { $ref } is closed.

## The list of what waits. $no is the row's number, which the buttons bear too; it is 0 in the list of everything open, which has no buttons.

# Staff: to worker, lead or officer, and the answer to /overdue; it changes. $lines are overdue-row*, then overdue-more.
overdue-list = ⏰ Waiting: { $count }
    { $lines }

# Staff: in place of overdue-list, when nothing waits.
overdue-list-done = ✅ Nobody is waiting.

# Part: how every overdue-row* begins: its number, if it has one, and one of overdue-mark-*.
overdue-row-begin =
    { $no ->
        [0] { $mark }
       *[1] { $no } { $mark }
    }

# Part: a row: a report is late. $member is a member's name.
overdue-row = { overdue-row-begin } · { $door } · { $member } · since { $time }

# Part: a row: the household has never answered.
overdue-row-never-reached = { overdue-row-begin } · { $door } · never reached · since { $time }

# Part: a row: the household's chat is closed to the bot.
overdue-row-unreachable = { overdue-row-begin } · { $door } · chat closed, please phone · since { $time }

# Part: a row: the bot does not hear plain messages in the household's group.
overdue-row-unheard = { overdue-row-begin } · { $door } · bot must be administrator · since { $time }

# Part: a row: somebody is in the household's chat who does not belong there; $account is the name in Telegram.
overdue-row-stranger = { overdue-row-begin } · { $door } · unknown person in the chat: { $account } · since { $time }

# Part: a row: more people are in the household's chat than are known, and nobody has seen who.
overdue-row-counted = { overdue-row-begin } · { $door } · more people in the chat than known, please look · since { $time }

# Part: a row: everybody of the household has left its chat.
overdue-row-empty = { overdue-row-begin } · { $door } · nobody left in the chat, please phone · since { $time }

# Part: a row: nobody has taken a supply request; $request is its number, such as R-5.
overdue-row-request = { overdue-row-begin } · { $door } · request { $request } not taken · since { $time }

# Part: in a row: nobody has it.
overdue-mark-waiting = ⏰ waiting

# Part: in a row: somebody has it.
overdue-mark-taken = 👤 in hand

# Part: in a row: it is over.
overdue-mark-done = ✅ done

# Part: the last line of overdue-list: how many rows are not shown.
overdue-more = + { $count } more

# Button: under overdue-list: I spoke with them.
list-button-contacted = { $no } ☎ Reached

# Button: under overdue-list: I called, nobody answered.
list-button-no-answer = { $no } ☎ No answer

# Button: under overdue-list: I was there.
list-button-visited = { $no } 🚪 Visited

# Button: under overdue-list: I write the temperature down for them.
list-button-enter = { $no } ✍ Enter

# Button: under overdue-list: nothing is to be done before the next health check.
list-button-excuse = { $no } ⏸ Excuse

# Button: under overdue-list, for an unknown person in a chat: it is this member of the household; $name is the member's name.
list-button-ours = { $no } It is { $name }

# Button: under overdue-list, for an unknown person in a chat: puts them out of the chat.
list-button-remove = { $no } 🚫 Remove

# Button: under overdue-list, for more people in a chat than known: I looked, all of them belong to the household.
list-button-accept = { $no } ✅ All belong here

# Button: under overdue-list: the lead is to do it.
list-button-pass = { $no } ↗ Pass on

# Button: under overdue-list: takes the last press back.
list-button-undo = { $no } ↩ Undo

## Everything open

# Staff: the answer to /open; $lines are the first ten of $count.
open-list = Open: { $count } (up to 10 are shown)
    { $lines }

# Staff: the answer to /open, when nothing is open.
open-nothing = ✅ Nothing is open.

# Part: a line of open-list: a danger.
open-row-danger = 🆘 needs help · { $door } · { $member } · { $ref }

# Part: a line of open-list: a supply request.
open-row-request = 📦 { $door } · { $ref }

## After a press

# Toast: after [I take it].
alert-toast-taken = You have it. Please call now.

# Toast: after [Reached], [No answer] or [Visited].
alert-toast-noted = Noted.

# Toast: after [Pass on].
alert-toast-passed = Passed on.

# Toast: after [Undo].
alert-toast-undone = Taken back.

# Toast: after [Excuse].
alert-toast-excused = Excused until the next health check.

# Toast: after [Close].
alert-toast-reason = Write the reason in your next message.
