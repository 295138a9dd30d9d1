### Health checks: reminders, the keypad, questions about a reading, and what is said in danger.
### Review: unreviewed

## Reminders

# Resident: once when a health check opens; $examples are reminder-example of one or two members. The members' buttons stand below.
reminder = Please send everyone’s temperature before { $time }. Example: { $examples }

# Part: in reminder: how a report is written. $name is a member's name.
reminder-example = { $name } 36.5

# Resident: without sound, an hour later; $names are those who are missing, $count how many.
nudge =
    Still waiting for: { $names }. { $count ->
        [one] A number is enough.
       *[other] Names and numbers are enough.
    }

# Resident: another hour later; $names are those who are missing, $staff is the worker.
nudge-call = We have not heard from { $names } yet. Is everything all right? { $staff } or a colleague will phone by { $time }.

## The keypad

# Button: under the card and the reminder of a household with one member.
report-button = 🌡 Report

# Button: a member's name, wherever a member is to be chosen.
report-button-member = { $name }

# Resident: the answer to /report; below are the members' names.
report-open = Press a button below, or write it here. Example: Mum 36.5

# Resident: the first step; below are 35, 36, 37 and so on.
keypad-degrees = { $name }: first press the degrees, without the decimal.

# Resident: the second step; below are 36.0, 36.1 and so on.
keypad-tenths = { $name }, { $degrees } °C: now press the full number.

# Resident: in place of the keypad, when the value is written down.
keypad-done = ✅ Saved: { $name } { $celsius } °C

# Button: under keypad-degrees: whole degrees.
keypad-button-degrees = { $degrees }

# Button: under keypad-tenths: the full number.
keypad-button-tenths = { $celsius }

# Toast: after the second step.
keypad-toast = Saved: { $celsius } °C

## Questions about a reading

# Resident: a reply to a number without a name; below are the members' names.
reading-which = Whose temperature is { $celsius } °C?

# Resident: a reply to something that looks like a temperature; $heard is what was written, such as 367.
reading-confirm = You wrote “{ $heard }”. Is that { $celsius } °C?

# Resident: a reply to a value that no body has; below are the members' names and [No].
reading-out-of-range = Is { $celsius } °C a body temperature? Please look at the thermometer again and send the number.

# Resident: a reply to words about the temperature without a number.
reading-number = Which number does the thermometer show? Write it here or press a button.

# Resident: in place of a question, after [No] or [Not a temperature]; below are the members' names.
reading-rejected = All right, not saved. To send a temperature, write it here or press a button.

# Resident: in place of a question that was answered.
reading-settled = ✅ Saved. Thank you.

# Button: under reading-confirm, when it is clear whose value it is.
reading-button-yes = Yes, { $celsius }

# Button: under reading-confirm, one for each member whose value it may be.
reading-button-yes-of = { $name }: { $celsius }

# Button: under reading-confirm and reading-out-of-range.
reading-button-no = No

# Button: under reading-which: nobody's, it was no temperature.
reading-button-nobody = Not a temperature

## Readings that staff enter

# Staff: after [Enter] in the list of those who wait; the next message is the reading.
entry-ask = { $door } · { $name }: write the temperature, for example 36.5

# Staff: a reading that was not understood, with an example.
entry-unclear = Not understood. Please write it like this: <code>{ $door } Mum 36.5</code>

# Staff: more than one household has this door.
entry-which-household = More than one household has the door { $door }. Write the household’s code in its place.

## Symptoms, in the lists before staff

# Part: a symptom in danger-symptoms.
symptom-cough = cough

# Part: a symptom in danger-symptoms.
symptom-sore-throat = sore throat

# Part: a symptom in danger-symptoms.
symptom-fever = fever

# Part: a symptom in danger-symptoms.
symptom-headache = headache

# Part: a symptom in danger-symptoms.
symptom-fatigue = tiredness

# Part: a symptom in danger-symptoms.
symptom-diarrhea = diarrhoea

# Part: a symptom in danger-symptoms.
symptom-dyspnea = trouble breathing

# Part: a symptom in danger-symptoms.
symptom-runny-nose = runny nose

# Part: a symptom in danger-symptoms.
symptom-myalgia = muscle pain

# Part: a symptom in danger-symptoms.
symptom-chills = chills

# Part: a symptom in danger-symptoms.
symptom-nausea = nausea

# Part: a symptom in danger-symptoms.
symptom-loss-smell = loss of smell

# Part: a symptom in danger-symptoms.
symptom-loss-taste = loss of taste

# Part: a symptom in danger-symptoms.
symptom-other = another symptom

## Danger

# Resident: after a value at fever height; $number is the emergency number, $time when to measure again.
danger-instructions =
    🆘 Call { $number } now if someone cannot breathe well, has chest pain or faints.
    { $celsius } °C is high. Rest, drink water, measure again at { $time }. { $staff } or a colleague will call you.

# Resident: after words of danger or a press on [Emergency]; $number is the emergency number.
emergency = 🆘 Call { $number } now if a life is in danger, or someone cannot breathe well, has chest pain or faints! You are not alone: we have been told and will call you.

# Button: under danger-instructions and emergency.
danger-button-call-me = Call me now

# Button: under danger-instructions.
danger-button-worse = I feel worse

# Button: under emergency.
danger-button-mistake = Pressed by mistake

# Toast: after [Emergency] or [I feel worse].
emergency-toast = We have been told. Help is asked for.

# Toast: after [Call me now].
emergency-toast-call = We have been told. We will call you.

# Toast: after [Pressed by mistake].
emergency-toast-mistake = Thank you. A person will still look at it.
