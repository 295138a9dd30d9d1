### The household: its pinned card, and the end of its period.
### Review: unreviewed

## The pinned card

# Resident: the pinned card; $lines are one of card-head*, a card-member for each member, and need-card-line.
card = { $lines }
    Updated { $time }

# Part: the first line of the card.
card-head = 🏠 { $door } · Day { $day } of { $days } · ends { $date }

# Part: the first line of the card, one day before the end.
card-head-tomorrow = 🏠 { $door } · Day { $day } of { $days } · ends tomorrow

# Part: the first line of the card, after release.
card-head-ended = 🏠 { $door } · ✅ ended

# Part: a line of the card; $mark is one of card-mark-*, $value is card-value or nothing.
card-member = { $n } { $name } { $mark } { $value }

# Part: in card-member: the value of this health check.
card-value = { $celsius } °C

# Part: in card-member, before the value: the report is there.
card-mark-done = ✅ done

# Part: in card-member: the report is not there yet.
card-mark-waiting = ⏰ waiting

# Part: in card-member: the report is late.
card-mark-overdue = ⏰ still waiting

# Part: in card-member, before a value at fever height.
card-mark-help = 🆘 needs help

# Part: in card-member: nothing is asked of this member now.
card-mark-none = ➖ not today

# Part: behind a member's name on the card, before the first slot has opened.
card-mark-later = ➖ not yet

# Button: under the card: food, medicine, other things.
card-button-need = 📦 Need something

# Button: under the card and under nudge-call: to write to a person.
card-button-talk = 💬 Talk to a person

# Button: under the card: somebody is in danger.
card-button-emergency = 🆘 Emergency

## The end of the period

# Staff: to the worker, when the last health check has opened; below is [Release].
release-due = 🏁 { $place }: the period ends { $date }.
    When the last reports are there, press the button.

# Button: under release-due and today.
release-button-ask = Release { $door }

# Staff: nothing stands in the way of the release that was asked for; below is the button that ends the period. It goes to a second person where two are wanted.
release-confirm = 🏁 Release { $place }? Day { $day } of { $days }.
    Nothing stands in the way. Press the button to end the quarantine.

# Button: under release-confirm.
release-button-confirm = Yes, release

# Staff: after the second press.
release-done = ✅ { $door } is released. The household has been told.

# Staff: what stands in the way of a release, before the last day; $lines are release-objection-* and need-objection.
release-refused = ⏰ { $place } cannot be released yet. Please settle this first:
    { $lines }
    The period ends { $date }.

# Staff: what stands in the way of a release on the last day or later; the period is one day longer now.
release-refused-extended = ⏰ { $place } cannot be released yet. Please settle this first:
    { $lines }
    The period now ends { $date }. The household has been told why.

# Part: a line of release-refused* and of period-extended: a danger is open. The household reads it too.
release-objection-danger = Somebody’s health still needs attention.

# Part: a line of release-refused* and of period-extended: a report of the last health check is missing. The household reads it too.
release-objection-report = A temperature of the last day is still missing.

# Resident: the period was made longer; $lines are the reasons, $staff the person who decided.
period-extended = Your quarantine goes on until { $date }. The reason:
    { $lines }
    Ask { $staff } if you have questions.

# Resident: the period is over; the bot leaves the chat on $date.
released = ✅ Your quarantine ended today at { $time }. Thank you. This chat closes on { $date }.

# Staff: in the private chat of whoever asked for release, where a second person must confirm.
release-asked-others = Release of { $door } needs a second person. They have been asked.

# Part: a line of the card, how many of the household have reported for the slot.
card-reported = Reported: { $n }/{ $total }
