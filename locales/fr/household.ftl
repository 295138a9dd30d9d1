### Le foyer : sa fiche épinglée, et la fin de sa période.
### Review: unreviewed

## La fiche épinglée

card = { $lines }
    Mis à jour à { $time }

card-head = 🏠 { $door } · Jour { $day } sur { $days } · fin : { $date }

card-head-tomorrow = 🏠 { $door } · Jour { $day } sur { $days } · fin demain

card-head-ended = 🏠 { $door } · ✅ terminé

card-member = { $n } { $name } { $mark } { $value }

card-value = { $celsius } °C

card-mark-done = ✅ fait

card-mark-waiting = ⏰ en attente

card-mark-overdue = ⏰ toujours en attente

card-mark-help = 🆘 besoin d’aide

card-mark-none = ➖ pas aujourd’hui

card-mark-later = ➖ pas encore

card-button-need = 📦 Besoin d’un produit

card-button-talk = 💬 Parler à quelqu’un

card-button-emergency = 🆘 Urgence

## La fin de la période

release-due = 🏁 { $place } : fin de la période { $date }.
    Quand les dernières températures sont là, appuyez sur le bouton.

release-button-ask = Levée { $door }

release-confirm = 🏁 Lever la quarantaine de { $place } ? Jour { $day } sur { $days }.
    Rien ne s’y oppose. Appuyez sur le bouton pour y mettre fin.

release-button-confirm = Oui, lever

release-done = ✅ La quarantaine de { $door } est levée. Le foyer est prévenu.

release-refused = ⏰ { $place } : la levée n’est pas encore possible. À régler d’abord :
    { $lines }
    Fin de la période : { $date }.

release-refused-extended = ⏰ { $place } : la levée n’est pas encore possible. À régler d’abord :
    { $lines }
    Nouvelle fin de la période : { $date }. Le foyer sait pourquoi.

release-objection-danger = La santé de quelqu’un demande encore de l’attention.

release-objection-report = Il manque encore une température du dernier jour.

period-extended = Votre quarantaine continue jusqu’au { $date }. Raison :
    { $lines }
    Pour toute question : { $staff }.

released = ✅ Votre quarantaine a pris fin aujourd’hui à { $time }. Merci. Cette conversation ferme le { $date }.

release-asked-others = La levée pour { $door } demande une deuxième personne. Elle est prévenue.

card-reported = Reçus : { $n }/{ $total }
