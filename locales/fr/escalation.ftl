### Les alertes chez l’équipe : un message pour chaque danger, une liste pour tout ce qui attend.
### Review: unreviewed

## Un danger

danger-alert = { $lines }

danger-head = 🆘 Besoin d’aide · { $place } · { $member } · jour { $day } · { $ref }

alert-whole-household = tout le foyer

danger-value = { $celsius } °C

danger-value-before = { $celsius } °C (avant : { $before } °C)

danger-symptoms = Symptômes : { $symptoms }

danger-unknown-sender = Nous ne savons pas qui a envoyé ceci.

danger-unconfirmed = Non confirmé : notre question est restée sans réponse.

danger-corrected = Corrigé par le foyer. Vérifiez avec lui.

danger-emergency = Demande de l’aide maintenant

danger-red-flag = Un message parle de danger.

danger-call-me = Demande à être appelé maintenant.

danger-mistake = Dit avoir appuyé par erreur. À vérifier.

danger-call-now = ⏰ Personne ne s’en occupe encore. Appelez maintenant.

danger-taken = 👤 { $staff } s’en occupe

danger-contacted = 👤 { $staff } a joint le foyer à { $time }. Reste ouvert : un responsable, un médecin ou un coordinateur doit clore.

danger-closed = ✅ Clos

danger-storm =
    { $count ->
        [0] ✅ Tout est clos.
        [one] 🆘 Besoin d’aide : { $count }. Prenez le cas avec le bouton, puis appelez.
        [many] 🆘 Besoin d’aide : { $count }. Prenez un cas avec son bouton, puis appelez.
       *[other] 🆘 Besoin d’aide : { $count }. Prenez un cas avec son bouton, puis appelez.
    }
    { $lines }

danger-storm-row = 🆘 { $ref } · { $door } · { $member } · { $value }

alert-button-take = Je m’en occupe

alert-button-pass = ↗ Transmettre

alert-button-contacted = ☎ A répondu

alert-button-no-answer = ☎ Pas de réponse

alert-button-visited = 🚪 Visite faite

alert-button-undo = ↩ Annuler

alert-button-close = ✅ Clore

alert-button-take-one = Prendre { $ref }

alert-ask-reason = Pourquoi peut-on clore { $ref } ? Écrivez un court message. Il est gardé au dossier.

alert-closed = ✅ { $ref } est clos.

## La liste de ce qui attend

overdue-list = ⏰ En attente : { $count }
    { $lines }

overdue-list-done = ✅ Personne n’est en attente.

overdue-row-begin =
    { $no ->
        [0] { $mark }
       *[1] { $no } { $mark }
    }

overdue-row = { overdue-row-begin } · { $door } · { $member } · depuis { $time }

overdue-row-never-reached = { overdue-row-begin } · { $door } · jamais joint · depuis { $time }

overdue-row-unreachable = { overdue-row-begin } · { $door } · conversation fermée, téléphonez · depuis { $time }

overdue-row-unheard = { overdue-row-begin } · { $door } · le bot doit être administrateur · depuis { $time }

overdue-row-stranger = { overdue-row-begin } · { $door } · personne inconnue dans la conversation : { $account } · depuis { $time }

overdue-row-counted = { overdue-row-begin } · { $door } · plus de monde que prévu dans la conversation, vérifiez · depuis { $time }

overdue-row-empty = { overdue-row-begin } · { $door } · plus personne dans la conversation, téléphonez · depuis { $time }

overdue-row-request = { overdue-row-begin } · { $door } · demande { $request } non prise · depuis { $time }

overdue-mark-waiting = ⏰ en attente

overdue-mark-taken = 👤 en cours

overdue-mark-done = ✅ fait

overdue-more =
    { $count ->
        [one] + { $count } autre
        [many] + { $count } autres
       *[other] + { $count } autres
    }

list-button-contacted = { $no } ☎ A répondu

list-button-no-answer = { $no } ☎ Sans réponse

list-button-visited = { $no } 🚪 Visite

list-button-enter = { $no } ✍ Saisir

list-button-excuse = { $no } ⏸ Suspendre

list-button-ours = { $no } C’est { $name }

list-button-remove = { $no } 🚫 Exclure

list-button-accept = { $no } ✅ Tous du foyer

list-button-pass = { $no } ↗ Passer

list-button-undo = { $no } ↩ Annuler

## Tout ce qui est ouvert

open-list = Ouvert : { $count } (10 lignes au plus)
    { $lines }

open-nothing = ✅ Rien n’est ouvert.

open-row-danger = 🆘 besoin d’aide · { $door } · { $member } · { $ref }

open-row-request = 📦 { $door } · { $ref }

## Après un appui

alert-toast-taken = C’est à vous. Appelez maintenant.

alert-toast-noted = C’est noté.

alert-toast-passed = C’est transmis.

alert-toast-undone = C’est annulé.

alert-toast-excused = Suspendu jusqu’au prochain contrôle.

alert-toast-reason = Écrivez la raison dans votre prochain message.
