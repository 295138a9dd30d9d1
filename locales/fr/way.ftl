### Les entrées : le bouton qui choisit un groupe, et les liens personnels vers un groupe.
### Review: unreviewed

## Le groupe

group-list =
    { $count ->
        [one] { $count } foyer n’a pas encore de groupe.
        [many] { $count } de foyers n’ont pas encore de groupe.
       *[other] { $count } foyers n’ont pas encore de groupe.
    }
    Touchez-en un, puis créez ou choisissez son groupe.

group-none = Tous vos foyers ont un groupe. Pour en donner un autre : <code>/new 3-502</code>

group-button-household = { $door }

group-choose = 👥 { $door }
    Touchez le bouton sous le champ de saisie. Créez un groupe, ou choisissez un groupe que vous avez créé. J’y entre comme administrateur.
    Si votre application ne propose pas d’y créer un groupe, créez-le d’abord, puis touchez le bouton.

group-button-choose = Choisir le groupe

group-button-open = Ouvrir son groupe

group-opened = ✅ { $door } : le groupe est ouvert. Ajoutez maintenant les habitants, ou donnez un lien à chacun : <code>/file { $door }</code>

group-taken = Ce groupe est déjà celui d’un autre foyer. Choisissez-en un autre avec le bouton.

group-request-over = Ce bouton n’est plus valable. Recommencez : /new

group-bot-missing = ⚠ { $door } : je ne suis pas dans le groupe { $title }, même si votre application le dit.
    Ouvrez ce lien et choisissez le groupe : { $url }
    Ou ajoutez-moi comme administrateur, puis écrivez-y : <code>{ $command }</code>

## Les liens personnels

invite-hand-out = ✉ { $door } · { $name }
    Transmettez ce lien à { $name } et à personne d’autre : { $url }
    Il sert une seule fois, pendant 48 heures, pour un seul compte.

invite-link = Touchez le bouton et demandez à entrer. Vous serez admis aussitôt. Ce lien est pour vous seul et vaut 48 heures.

invite-button-open = Ouvrir le groupe

invite-used = Ce lien a déjà servi. Demandez-en un nouveau à votre agent.

invite-ended = Ce lien n’est plus valable. Demandez-en un nouveau à votre agent.

invite-later = Il n’y a pas de groupe ouvert pour le moment. Utilisez ce lien de nouveau plus tard.

invite-already-in = Vous êtes déjà dans le groupe. Nous savons maintenant qui vous êtes. Merci.

invite-failed = Je ne peux pas vous faire entrer dans le groupe pour le moment. Votre agent est prévenu. Touchez votre lien de nouveau plus tard.

invite-no-right = ⚠ { $door } : je ne peux pas faire entrer { $name } dans le groupe. Nommez-moi administrateur avec le droit d’inviter. Demandez ensuite à { $name } de toucher le même lien.

invite-turned-away = 🚫 { $door } : { $account } n’a pas de lien personnel valable et n’a pas été admis. Je vous le dis une fois par heure au plus.

invite-button-hand-out = ✉ Lien : { $name }
