### Conservation : ce que l’on sait d’un foyer disparaît quand son délai est écoulé.
### Review: unreviewed

retention-warning = 🗑 Bientôt effacés : noms, téléphones, températures et messages de { $count ->
        [one] { $count } foyer.
        [many] { $count } de foyers.
       *[other] { $count } foyers.
    }
    { $lines }
    Les nombres restent. Personne ne peut reporter ni annuler cela.

retention-day = { $date } : { $items }

retention-household = { $place }

retention-more =
    { $count ->
        [one] { $count } autre
        [many] { $count } d’autres
       *[other] { $count } autres
    }
