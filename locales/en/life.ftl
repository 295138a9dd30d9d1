### The life of a household: longer, another worker, muted, phoned, searched for, closed.
### Review: unreviewed

## The pinned card

# Part: a line of the card, while staff have stopped all reminders to the household.
card-muted = ⏸ No reminders for now. You can write here any time.

# Part: a line of the card, in the last days: what happens at the end.
card-next = Next: after the last report on { $date }, your worker ends the quarantine.

# Part: in card-member: this member is in hospital and is not asked.
card-mark-hospital = ➖ in hospital

## The end of the period

# Staff: to the worker, two days before the end; below is [Longer].
release-soon = 🏁 { $place }: two days to go. The period ends { $date }.
    Next: after the last report you get the button to release. Open requests must be settled first.

# Resident: the last words before the bot leaves the chat, three days after the release; $number is the emergency number.
farewell = This chat closes now. Thank you, and stay well. In danger, call { $number }.

## A longer period

# Button: beside [Release]: the period is to be longer.
extend-button = Longer: { $door }

# Staff: after [Longer]; the next message is the answer.
extend-ask = { $door } ends { $date }. How many days longer, and why? Write both in one message, for example: <code>2 the last test is missing</code>

# Staff: /extend or the answer to extend-ask was not clear; up to 28 days, the reason up to 200 characters.
extend-how = Write the door, the days (1 to 28) and a short reason: <code>/extend { $door } 2 the last test is missing</code>
    After [Longer], the days and the reason are enough.

# Staff: the period is longer now.
extend-done = ✅ { $door } now ends { $date }. The household has been told why.

## Another worker

# Staff: /transfer without a name, or without a household of the reader.
transfer-how = Write the door and the name: <code>/transfer { $door } Chen</code>

# Staff: nobody of this name has joined who can look after a household.
transfer-nobody = No worker, lead or officer with the name { $name } has joined.

# Staff: the household was to be given to the worker who has it.
transfer-same = { $staff } has this household already.

# Staff: to whoever hands a household over; $worker stays responsible until $staff accepts.
transfer-offered = { $staff } was asked to take { $door }. Until they accept, { $worker } stays responsible.

# Staff: to whoever is to take a household over, with sound; $count is how many alerts are open.
transfer-ask = { $staff } hands you { $place }. Day { $day } of { $days }. Open alerts: { $count }.
    Until you accept, { $worker } stays responsible.

# Button: under transfer-ask.
transfer-accept = ✅ Accept

# Button: under transfer-ask.
transfer-decline = Decline

# Staff: in place of transfer-ask, when the offer ended before it was answered.
transfer-withdrawn = ➖ { $door } is no longer offered to you.

# Staff: in place of transfer-ask, after [Accept].
transfer-taken = ✅ { $door } is yours now. The household has been told.

# Staff: in place of transfer-ask, after [Decline].
transfer-left = ➖ You declined { $door }.

# Staff: to whoever handed a household over, and to whoever had it.
transfer-accepted = ✅ { $staff } has { $door } now.

# Staff: to whoever wanted to hand a household over.
transfer-declined = ⏰ { $staff } declined { $door }. It stays as it was. Please ask somebody else.

# Staff: to the lead, when nobody has answered for a quarter of an hour.
transfer-waits = ⏰ { $place }: { $giver } asked { $staff } to take it 15 minutes ago. No answer yet. { $worker } stays responsible.

# Resident: another worker looks after the household from now on.
transfer-told = From now on { $staff } looks after you. Write here as before.

# Toast: after [Accept].
transfer-toast-accepted = It is yours now.

# Toast: after [Decline].
transfer-toast-declined = Declined.

## Nobody is asked

# Staff: /mute without a household of the reader.
mute-how = Write the door: <code>/mute { $door }</code>

# Staff: the answer to /mute and [Not ask]; the buttons below act at once. $lines are mute-line, or nothing.
mute-menu = ⏸ { $place }: who is not to be asked any more? One press is enough. It can be taken back here.
    { $lines }

# Staff: in place of mute-menu, while the whole household is not asked.
mute-menu-whole = ⏸ { $place }: nobody is asked here. Danger is still told.
    { $lines }

# Part: a line of mute-menu: this member is not asked; $why is mute-why-*.
mute-line = ➖ { $name }: { $why }

# Part: in mute-line.
mute-why-hospital = in hospital

# Part: in mute-line.
mute-why-death = has died

# Part: in mute-line.
mute-why-moved = lives elsewhere now

# Button: under mute-menu: this member is in hospital.
mute-button-hospital = { $name }: hospital

# Button: under mute-menu: this member has died.
mute-button-death = { $name }: died

# Button: under mute-menu: this member lives elsewhere now.
mute-button-moved = { $name }: moved

# Button: under mute-menu: this member is asked again.
mute-button-end = ↩ Ask { $name } again

# Button: under mute-menu: everybody of the household is in hospital.
mute-button-whole-hospital = All in hospital

# Button: under mute-menu: the household lives elsewhere now.
mute-button-whole-moved = All moved

# Button: under mute-menu-whole: the household is asked again.
mute-button-whole-end = ↩ Ask them again

# Toast: after a press that silences somebody.
mute-toast = Not asked any more.

# Toast: after a press that takes it back.
mute-toast-end = Asked again.

## Calling

# Part: in a row of overdue-list: $staff is phoning the household, and nobody else does until $time.
overdue-mark-calling = ☎ { $staff } calls until { $time }

# Toast: somebody else is phoning the household.
call-taken = { $staff } is calling them until { $time }.

# Toast: after [I call].
call-toast = Yours to call until { $time }. Then press what came of it.

# Button: under overdue-list: I phone them now, and nobody else does for 15 minutes.
list-button-call = { $no } ☎ I call

# Button: under overdue-list: shows who can be silenced: in hospital, died, moved.
list-button-mute = { $no } ⏸ Not ask

## Attempts to reach a household that never answered

# Part: below overdue-row-never-reached, before anything was tried; $next is attempt-way-*.
attempt-first = { "   " }Next: { $next }

# Part: below overdue-row-never-reached; $items are attempt-reached and attempt-no-answer.
attempt-line = { "   " }Tried: { $items }. Next: { $next }

# Part: in attempt-line: this step brought an answer; $way is attempt-way-*.
attempt-reached = { $way } ✅

# Part: in attempt-line: this step brought nothing.
attempt-no-answer = { $way } ➖

# Part: in attempt-line: the number in the file.
attempt-way-member = phone

# Part: in attempt-line.
attempt-way-second-number = second number

# Part: in attempt-line: whoever knows the building.
attempt-way-building-head = building head

# Part: in attempt-line.
attempt-way-visit = visit

# Part: in attempt-line: the lead looks in other registers.
attempt-way-look-up = look-up by the lead

# Button: under overdue-list: somebody answered at the second number.
list-button-second-reached = { $no } ☎ 2nd number

# Button: under overdue-list: nobody answered at the second number.
list-button-second-no-answer = { $no } ➖ 2nd number

# Button: under overdue-list: the building head knows of them.
list-button-head-knows = { $no } ✅ Building head

# Button: under overdue-list: the building head knows nothing.
list-button-head-no-answer = { $no } ➖ Building head

# Button: under overdue-list: I was there, nobody opened.
list-button-nobody-there = { $no } ➖ Nobody there

# Button: under overdue-list, for leads and officers: other registers know of them.
list-button-found = { $no } ✅ Found

# Button: under overdue-list, for leads and officers: no register knows of them.
list-button-not-found = { $no } ➖ Not found
