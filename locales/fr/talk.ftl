### Parler à quelqu’un : ce que les habitants écrivent à l’équipe, et les réponses de l’équipe.
### Review: unreviewed

## Dans le groupe du foyer

talk-opened = Écrivez ici ce que vous voulez dire. { $staff } le lit. Si quelqu’un est en danger, appelez le { $number }.

talk-opened-nobody = Écrivez ici ce que vous voulez dire. Nous le transmettons à une personne. Si quelqu’un est en danger, appelez le { $number }.

talk-from-staff = 👤 { $staff } : { $text }

## Dans la conversation privée d’un agent ou d’un responsable

talk-wanted = 💬 { $place } · { $member } veut parler à quelqu’un.
    Répondez à ce message pour lui écrire.

talk-from-household = 💬 { $place } · { $member }
    « { $text } »
    Répondez à ce message pour lui écrire.

talk-media-from-household = 💬 { $place } · { $member } a envoyé ceci :
    Répondez-y pour lui écrire.

talk-unknown = personne inconnue

talk-no-chat = Impossible d’écrire à { $door }. Téléphonez ou passez sur place.

talk-only-text = Seul un texte peut être transmis. Écrivez-le, s’il vous plaît.

talk-too-long = C’est trop long. Écrivez { $count } caractères au plus.
