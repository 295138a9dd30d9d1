### The language itself: how it is called and how it writes numbers, days and lists.
### Every message here is needed before the language can be used at all.
### Review: unreviewed

# Part: the name of this language in this language, on the buttons of the language choice.
language-name = English

# Part: ltr if the language is written from left to right, rtl if from right to left; nothing else.
language-direction = ltr

# Part: shown in place of a text that cannot be shown because of a fault of ours.
language-unsaid = We could not show this message. Please ask the person who looks after you.

# Part: a number with one decimal, as in 36.7; only the mark between the two parts differs.
language-tenths = { $whole }.{ $tenth }

# Part: the day of the week, in full, as it stands inside a date.
language-weekday =
    { $weekday ->
        [1] Monday
        [2] Tuesday
        [3] Wednesday
        [4] Thursday
        [5] Friday
        [6] Saturday
       *[7] Sunday
    }

# Part: the month, in full, as it stands inside a date.
language-month =
    { $month ->
        [1] January
        [2] February
        [3] March
        [4] April
        [5] May
        [6] June
        [7] July
        [8] August
        [9] September
        [10] October
        [11] November
       *[12] December
    }

# Part: a date with its day of the week, as in Sunday 17 April.
language-day = { language-weekday } { $day } { language-month }

# Part: a list that goes on: two of "a, b and c". $items are those so far, $item is the next.
language-list-more = { $items }, { $item }

# Part: a list that ends: the last two of "a, b and c". $items are those so far, $item is the last.
language-list-last = { $items } and { $item }
