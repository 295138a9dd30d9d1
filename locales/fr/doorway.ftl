### À la porte : langue, information, qui est qui, liens, inconnus, et appuis qui ne peuvent aboutir.
### Review: unreviewed

## Langue

language-choice = Bonjour. Choisissez votre langue. Vous pouvez en changer à tout moment : /lang

language-button = { $language }

language-button-more = 🌐 Autres

language-toast = Langue : { $language }

## Information

notice =
    Quarantaine à domicile jusqu’au { $date }. Envoyez la température de chacun sur demande. Demandez ici courses ou aide. En danger, appelez le { $number }. { $days ->
        [one] Vos données sont effacées { $days } jour après.
        [many] Vos données sont effacées { $days } de jours après.
       *[other] Vos données sont effacées { $days } jours après.
    }

notice-button-acknowledge = J’ai compris

notice-button-questions = J’ai une question

notice-toast = Merci.

chat-unheard = Je ne peux pas lire les messages ici. Nommez-moi administrateur de ce groupe, puis écrivez n’importe quel mot.

## Qui est qui

who-are-you = Qui êtes-vous ? Appuyez sur votre nom, s’il vous plaît.

member-claimed = 👤 { $place }
    { $account } est dans la conversation en tant que : { $name }
    Appuyez sur un bouton si c’est faux, ou quand tout le monde est là.

member-nobody-yet = pas encore dit

member-button-refuse = Pas de ce foyer

member-button-everybody = Tout le monde est là

member-toast-claimed = Merci. Ici, vous êtes : { $name }.

member-toast-refused = C’est noté. Cette personne ne compte plus comme membre du foyer.

member-toast-everybody = C’est noté. Vous serez prévenu de toute nouvelle personne dans la conversation.

## Liens

link-not-yours = Ce lien ne peut pas être utilisé ici. Demandez à la personne qui vous l’a donné.

link-chat-taken = Cette conversation est déjà utilisée. Utilisez le lien dans une autre.

link-over = Ce lien ne sert plus. Demandez à la personne qui vous l’a donné.

link-unknown = Ce lien est inconnu ou trop ancien. Demandez-en un nouveau.

## Inconnus

stranger = Ce bot est réservé aux personnes invitées. En cas d’urgence, appelez le { $number }.

chat-held = Il y a ici une personne que je ne connais pas. En attendant que ce soit réglé, je garde ce qui est privé. En cas de danger, écrivez ici ou appelez le { $number }.

stranger-toast-ours = C’est noté : { $name }.

stranger-toast-remove = J’essaie d’exclure cette personne.

stranger-toast-accept = C’est noté. Toutes les personnes présentes sont du foyer.

stranger-not-removed-rights = ⚠️ { $door } : je n’ai pas pu exclure { $account }. Excluez cette personne vous-même dans le groupe, ou donnez-moi le droit de bannir, puis appuyez de nouveau.

stranger-not-removed-administrator = ⚠️ { $door } : je n’ai pas pu exclure { $account }, qui est administrateur du groupe. C’est au propriétaire du groupe de le faire.

## Conversations perturbées

rights-lost = ⚠️ { $door } : dans ce groupe, le bot n’a plus le droit de faire ceci : { $rights_list }. Ouvrez les réglages du groupe, puis les administrateurs, puis le bot, et rétablissez ce droit.

rights-back = ✅ { $door } : le bot a de nouveau tous les droits nécessaires.

right-invite-users = inviter des membres

right-pin-messages = épingler des messages

right-delete-messages = supprimer des messages

right-restrict-members = bannir des membres

worker-left = 🚪 { $door } : vous n’êtes plus dans le groupe de ce foyer. Ses messages vous arrivent ici. Pour revenir, demandez au foyer de vous ajouter au groupe.

## Appuis qui ne peuvent aboutir

not-yours = Ceci est réservé à quelqu’un d’autre.

already-closed = C’est déjà terminé.
