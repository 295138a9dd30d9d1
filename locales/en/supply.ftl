### Supply requests: what a household asks for, and how it goes on until everything is there.
### Review: unreviewed

## Asking

# Resident: in the household's chat, after /need or [Need something]; the next message is the request.
need-ask = What do you need? Write it in one message, or send a photo.

# Resident: the request, or the reason that staff wrote, has too many characters. Nothing was saved.
need-too-long = That is too long. Please write it again in at most { $count } characters.

## The one message in the household's chat, which changes. $ref is the request's number, such as R-5.

# Resident: a reply to the request.
need-asked = 📦 Got it ({ $ref }). We are asking your care team. This message will show what happens next.

# Resident: $staff is the name of the worker who has taken the request.
need-taken = 📦 { $staff } has your request ({ $ref }) and will leave the things at your door.

# Resident: the things stand at the door since $time; below are [Yes] and [Something is missing].
need-delivered = 📦 Left at your door at { $time }. Did you get everything? ({ $ref })

# Resident: the household has pressed [Yes].
need-confirmed = ✅ You have everything. Thank you. ({ $ref })

# Resident: the household has pressed [Something is missing].
need-incomplete = ⏰ Something is missing. Write here what it is. We have told { $staff }. ({ $ref })

# Resident: the request is not possible; $reason is what the worker wrote, $staff the worker to ask.
need-declined = ➖ Not possible: “{ $reason }” Ask { $staff } what else can be done. ({ $ref })

# Resident: the request is not needed any more.
need-cancelled = ➖ Cancelled. ({ $ref })

# Button: under need-delivered: everything is there.
need-button-confirm = Yes

# Button: under need-delivered: something is not there.
need-button-incomplete = Something is missing

# Button: under need-declined: to write to a person.
need-button-talk = Talk to a person

# Part: a line of the household's pinned card: how many requests are not delivered yet.
need-card-line =
    { $count ->
        [one] 📦 { $count } request in progress
       *[other] 📦 { $count } requests in progress
    }

## The message before a worker, which changes

# Staff: in the worker's private chat, with buttons; $place is the door and the code.
need-request = 📦 { $ref } · { $place }
    { $lines }

# Part: a line of need-request: the words tell of medicine or hurry.
need-line-urgent = ❗ Urgent

# Part: a line of need-request: the household's own words.
need-line-words = “{ $text }”

# Part: a line of need-request: the request has no words, only the photo or recording above it.
need-line-wordless = (No words. See the message above.)

# Part: a line of need-request: when it was asked, and in which language it is written.
need-line-asked = Asked { $time } ({ $language })

# Part: the last line of need-request: nobody has it yet.
need-state-requested = ⏰ Waiting for someone to take it

# Part: the last line of need-request: $staff has it.
need-state-accepted = 👤 { $staff } has it

# Part: the last line of need-request: $staff left it at the door at $time.
need-state-delivered = 🚪 Left at the door at { $time } ({ $staff }). The household is asked if it is all there.

# Part: the last line of need-request: the household has everything.
need-state-confirmed = ✅ The household has everything

# Part: the last line of need-request: the household says that something is missing.
need-state-incomplete = ⏰ Something is missing

# Part: the last line of need-request: not possible, and why.
need-state-declined = ➖ Not possible: “{ $reason }”

# Part: the last line of need-request: the household does not need it any more.
need-state-cancelled = ➖ Cancelled

# Button: under need-request: I do it.
need-button-take = Take

# Button: under need-request: it stands at the door.
need-button-deliver = Delivered

# Button: under need-request: it cannot be done; a reason is asked next.
need-button-decline = Not possible

# Staff: below the photo of a request, just before need-request.
need-photo = 📷 { $ref } · { $place }

# Staff: a new message to whoever delivered it.
need-missing = 📦 { $ref } · { $place }
    Something is missing. Reply to this message to ask the household.

# Staff: after [Not possible]; the next message is the reason, and the household reads it.
need-ask-reason = Why is { $ref } not possible? Write one short message. The household will read it.

## After a press

# Toast: to the worker, after [Take].
need-toast-taken = You have it. The household can see that.

# Toast: to the worker, after [Delivered].
need-toast-delivered = Noted. The household is asked if it is all there.

# Toast: to the worker, after [Not possible].
need-toast-reason = Write the reason in your next message.

# Toast: to the household, after [Yes].
need-toast-confirmed = Thank you.

# Toast: to the household, after [Something is missing].
need-toast-missing = Write here what is missing.

## Release

# Part: one of the reasons why a household cannot be released yet.
need-objection = Request { $ref } is still open.
