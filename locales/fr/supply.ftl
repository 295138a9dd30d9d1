### Les demandes de courses et de produits : ce qu’un foyer demande, jusqu’à ce qu’il ait tout reçu.
### Review: unreviewed

## Demander

need-ask = De quoi avez-vous besoin ? Écrivez-le en un seul message, ou envoyez une photo.

need-too-long = C’est trop long. Écrivez-le de nouveau en { $count } caractères au plus.

## Le message qui change, dans le groupe du foyer

need-asked = 📦 Bien reçu ({ $ref }). Nous prévenons l’équipe qui vous suit. La suite s’affichera dans ce message.

need-taken = 📦 { $staff } s’occupe de votre demande ({ $ref }) et déposera tout à votre porte.

need-delivered = 📦 Déposé à votre porte à { $time }. Avez-vous tout reçu ? ({ $ref })

need-confirmed = ✅ Vous avez tout reçu. Merci. ({ $ref })

need-incomplete = ⏰ Il manque quelque chose. Écrivez ici ce qui manque. { $staff } est au courant. ({ $ref })

need-declined = ➖ Pas possible : « { $reason } » Demandez à { $staff } une autre solution. ({ $ref })

need-cancelled = ➖ Annulé. ({ $ref })

need-button-confirm = Oui

need-button-incomplete = Il manque un article

need-button-talk = Parler à quelqu’un

need-card-line =
    { $count ->
        [one] 📦 { $count } demande en cours
        [many] 📦 { $count } de demandes en cours
       *[other] 📦 { $count } demandes en cours
    }

## Le message qui change, chez l’agent

need-request = 📦 { $ref } · { $place }
    { $lines }

need-line-urgent = ❗ Urgent

need-line-words = « { $text } »

need-line-wordless = (Sans texte. Voir le message ci-dessus.)

need-line-asked = Demandé à { $time } ({ $language })

need-state-requested = ⏰ Personne ne s’en occupe encore

need-state-accepted = 👤 { $staff } s’en occupe

need-state-delivered = 🚪 Déposé à la porte à { $time } ({ $staff }). Le foyer doit dire si tout y est.

need-state-confirmed = ✅ Le foyer a tout reçu

need-state-incomplete = ⏰ Il manque quelque chose

need-state-declined = ➖ Pas possible : « { $reason } »

need-state-cancelled = ➖ Annulé

need-button-take = Je m’en occupe

need-button-deliver = Déposé

need-button-decline = Pas possible

need-photo = 📷 { $ref } · { $place }

need-missing = 📦 { $ref } · { $place }
    Il manque quelque chose. Répondez à ce message pour interroger le foyer.

need-ask-reason = Pourquoi { $ref } n’est-il pas possible ? Écrivez un court message. Le foyer le lira.

## Après un appui

need-toast-taken = C’est à vous. Le foyer le voit.

need-toast-delivered = C’est noté. Nous demandons au foyer si tout y est.

need-toast-reason = Écrivez la raison dans votre prochain message.

need-toast-confirmed = Merci.

need-toast-missing = Écrivez ici ce qui manque.

## Levée

need-objection = La demande { $ref } est encore en cours.
