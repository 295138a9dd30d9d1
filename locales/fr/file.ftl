### Le dossier d’un foyer, tel que le personnel le consulte.
### Review: unreviewed

file-unknown = Je ne connais aucun foyer de ce nom parmi les vôtres. Écrivez sa porte ou son code : <code>/file 3-502</code>

file-several = Plusieurs foyers ont cette porte. Écrivez plutôt le code.

file-view =
    🏠 { $place }
    { $state } · { $channel } · jour { $day } sur { $days }, jusqu’au { $date }
    { $lines }

file-state =
    { $state ->
        [imported] pas encore ouvert
        [binding] en cours d’ouverture
        [active] suivi
        [held] en attente : un inconnu est dans le groupe
        [muted] mis en silence
        [released] quarantaine levée
        [closed] clos
       *[purged] effacé
    }

file-channel =
    { $channel ->
        [group] groupe
        [private] conversation privée
        [phone] téléphone seul
       *[none] aucun groupe
    }

file-member = { $n }. { $items }

file-born = année de naissance { $year }

file-phone = ☎ { $phone }

file-phone-second = second numéro { $phone }

file-phone-owner = ce téléphone est à { $owner }
