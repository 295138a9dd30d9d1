### Retention: what is known of a household goes when its time is over.
### Review: unreviewed

# Staff: to each lead of the area, without sound, three days before; nothing can be pressed. $lines are retention-day, one for each day.
retention-warning = 🗑 Soon to be deleted: names, phones, temperatures and messages of { $count ->
        [one] { $count } household.
       *[other] { $count } households.
    }
    { $lines }
    Counts stay. Nobody can put this off or undo it.

# Part: a line of retention-warning; $items are retention-household, then retention-more.
retention-day = { $date }: { $items }

# Part: in retention-day: one household.
retention-household = { $place }

# Part: in retention-day: how many households are not named.
retention-more = { $count } more
