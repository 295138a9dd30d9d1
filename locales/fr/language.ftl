### La langue elle-même : son nom, et comment elle écrit les nombres, les jours et les listes.
### Review: unreviewed

language-name = Français

language-direction = ltr

language-unsaid = Nous n’avons pas pu afficher ce message. Demandez à la personne qui vous suit.

language-tenths = { $whole },{ $tenth }

language-weekday =
    { $weekday ->
        [1] lundi
        [2] mardi
        [3] mercredi
        [4] jeudi
        [5] vendredi
        [6] samedi
       *[7] dimanche
    }

language-month =
    { $month ->
        [1] janvier
        [2] février
        [3] mars
        [4] avril
        [5] mai
        [6] juin
        [7] juillet
        [8] août
        [9] septembre
        [10] octobre
        [11] novembre
       *[12] décembre
    }

language-day =
    { language-weekday } { $day ->
        [1] 1er
       *[2] { $day }
    } { language-month }

language-list-more = { $items }, { $item }

language-list-last = { $items } et { $item }
