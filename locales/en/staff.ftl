### Staff: joining, duty, the commands and their menu, the overview of the day.
### Review: unreviewed

## Joining

# Staff: in the private chat, after an invitation was used; $role is one of role-*, $area a path such as garden/east.
staff-joined = Welcome, { $name }.
    Your role: { $role }
    Your area: { $area }
    You are on duty. See what you can do: /help

# Staff: the link of an invitation was used before.
staff-invite-used = This invitation was already used. Ask for a new one.

# Staff: the link of an invitation is too old.
staff-invite-ended = This invitation has ended. Ask for a new one.

# Staff: somebody who has joined opened the invitation of another person.
staff-already-joined = You have joined already. Pass this invitation on to the person it is for.

## Roles

# Part: in staff-joined.
role-admin = administrator

# Part: in staff-joined: at the command centre.
role-officer = officer

# Part: in staff-joined: leads the workers of a community.
role-lead = lead

# Part: in staff-joined: looks after households.
role-worker = worker

# Part: in staff-joined.
role-translator = translator

# Part: in staff-joined.
role-doctor = doctor

# Part: in staff-joined: for troubles of the mind.
role-counsellor = counsellor

# Part: in staff-joined.
role-volunteer = volunteer

# Part: in staff-joined: reads the records.
role-auditor = auditor

## Duty

# Staff: the answer to /duty on.
duty-on = ✅ You are on duty. New work comes to you. To stop: <code>/duty off</code>

# Staff: the answer to /duty off.
duty-off = ➖ You are off duty. New work goes to others. To start: <code>/duty on</code>

# Staff: the answer to /duty, while on duty.
duty-is-on = ✅ You are on duty. To stop: <code>/duty off</code>

# Staff: the answer to /duty, while off duty.
duty-is-off = ➖ You are off duty. To start: <code>/duty on</code>

# Staff: the answer to /duty with any other word.
duty-how = Write <code>/duty on</code> or <code>/duty off</code>.

## Help

# Staff: the answer to /help in the private chat.
help-staff = /today – the day at a glance, and who can be released
    /overdue – who is waiting, with buttons
    /open – everything that is open
    /new – open the group of a household · <code>/file 3-502</code> – a household’s file
    /duty – on or off duty
    /extend – a longer period · /transfer – another worker · /mute – not to be asked
    To answer a household, reply to its message.
    To enter a temperature, write the door, the name and the number: <code>3-502 Mum 36.5</code>

# Resident: the answer to /help in the household's chat; $number is the emergency number.
help-household = In danger, call { $number }.
    Write the temperature here, for example: Mum 36.5
    /report – use buttons instead
    /need – food, medicine, other things · /lang – language

# Staff: a message in the private chat that was not understood.
staff-unclear = Not understood. To answer a household, reply to its message.
    To enter a temperature: <code>3-502 Mum 36.5</code>
    All commands: /help

## The day

# Staff: the answer to /today; $count is how many households the reader looks after.
today =
    { $count ->
        [one] { $date } · { $count } household
       *[other] { $date } · { $count } households
    }
    { $lines }

# Part: a line of today: open dangers.
today-danger = 🆘 Needs help: { $count }

# Part: a line of today: members whose report is late.
today-overdue = ⏰ Waiting: { $count }

# Part: a line of today: households that never answered, or whose chat is closed to us.
today-unreached = ☎ Not reached: { $count }

# Part: a line of today: open supply requests.
today-requests = 📦 Requests: { $count }

# Part: a line of today: households on their last day; they can be released with the buttons below.
today-ending = 🏁 Last day: { $count }

## The menu of commands

# Command: /report, for households.
command-report = Report temperatures with buttons

# Command: /need, for households.
command-need = Ask for food, medicine or other things

# Command: /lang, for households.
command-lang = Choose the language

# Command: /help, for households and for staff.
command-help = What you can do here

# Command: /today, for staff.
command-today = The day at a glance

# Command: /overdue, for staff.
command-overdue = Who is waiting, with buttons

# Command: /open, for staff.
command-open = Everything that is open

# Command: /duty, for staff.
command-duty = On or off duty

# Command: /new, for staff.
command-new = Open the group of a household

# Command: /file, for staff.
command-file = A household’s file: /file 3-502
