### The questions that a household is asked once; the questions themselves stand in intake.toml.
### Review: unreviewed

## In the household's chat

# Resident: a question of intake.toml; $n of $total. Below are answers to press.
intake-question = { $n }/{ $total } · { $question }

# Resident: takes the place of the last question.
intake-done = ✅ These were all our questions. Thank you.

# Button: under a question: an answer of intake.toml.
intake-button-answer = { $answer }

# Button: under a question: to answer in words.
intake-button-write = ✍ Write it

# Button: under a question: passes it over.
intake-button-skip = Skip

# Toast: after [Write it], and to staff who sent no words.
intake-write = Write your answer here.

# Toast: after an answer.
intake-toast-noted = Noted. Thank you.

## For staff

# Button: under file-view: puts the questions into the household's chat.
intake-button-ask = 📝 Ask the questions

# Button: under file-view: staff answer for the household.
intake-button-enter = ✍ Answer for them

# Staff: a question of intake.toml, to be answered for a household; $answer is the answer so far.
intake-question-staff = 📝 { $door } · { $n }/{ $total }
    { $question }
    So far: { $answer }

# Part: in intake-question-staff: there is no answer yet.
intake-open = nothing

# Part: in intake-question-staff and intake-line: the question was passed over.
intake-passed = skipped

# Part: a line of file-view; $question is the name of a question.
intake-line = { $question }: { $answer }

# Staff: takes the place of the last question.
intake-entered = ✅ { $door }: all questions are done. See <code>/file { $door }</code>

# Toast: after [Ask the questions].
intake-toast-asked = The household is asked in its chat.

# Toast: [Ask the questions] was pressed before.
intake-asked-before = This household was asked already. You can answer for it.

# Toast: every question has an answer.
intake-complete = Every question is answered already.

# Toast: the household has no chat, or is not followed up now.
intake-not-now = This household cannot be asked in a chat now. You can answer for it.
