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

member-claimed = 👤 { $door } · { $household }
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

## Appuis qui ne peuvent aboutir

not-yours = Ceci est réservé à quelqu’un d’autre.

already-closed = C’est déjà terminé.
