### L’équipe : rejoindre, être de service, les commandes et leur menu, la journée en un coup d’œil.
### Review: unreviewed

## Rejoindre l’équipe

staff-joined = Bienvenue, { $name }.
    Votre rôle : { $role }
    Votre secteur : { $area }
    Vous êtes de service. Ce que vous pouvez faire : /help

staff-invite-used = Cette invitation a déjà été utilisée. Demandez-en une nouvelle.

staff-invite-ended = Cette invitation n’est plus valable. Demandez-en une nouvelle.

staff-already-joined = Vous faites déjà partie de l’équipe. Transmettez cette invitation à la personne concernée.

## Rôles

role-admin = administrateur

role-officer = coordinateur

role-lead = responsable

role-worker = agent

role-translator = traducteur

role-doctor = médecin

role-counsellor = psychologue

role-volunteer = bénévole

role-auditor = auditeur

## Service

duty-on = ✅ Vous êtes de service. Les nouvelles demandes vous arrivent. Pour arrêter : <code>/duty off</code>

duty-off = ➖ Vous n’êtes plus de service. Les nouvelles demandes vont à d’autres. Pour reprendre : <code>/duty on</code>

duty-is-on = ✅ Vous êtes de service. Pour arrêter : <code>/duty off</code>

duty-is-off = ➖ Vous n’êtes pas de service. Pour commencer : <code>/duty on</code>

duty-how = Écrivez <code>/duty on</code> ou <code>/duty off</code>.

## Aide

help-staff = /today – la journée en un coup d’œil, et les quarantaines à lever
    /overdue – qui est en attente, avec des boutons
    /open – tout ce qui est ouvert
    /new – ouvrir le groupe d’un foyer · <code>/file 3-502</code> – le dossier d’un foyer
    /duty – de service ou non
    /extend – prolonger · /transfer – autre agent · /mute – ne plus solliciter
    Pour écrire à un foyer, répondez à son message.
    Pour saisir une température, écrivez la porte, le nom et le nombre : <code>3-502 Maman 36,5</code>

help-household = En cas de danger, appelez le { $number }.
    Écrivez ici la température, par exemple : Maman 36,5
    /report – utiliser les boutons
    /need – courses, médicaments, autre · /lang – langue

staff-unclear = Message non compris. Pour écrire à un foyer, répondez à son message.
    Pour saisir une température : <code>3-502 Maman 36,5</code>
    Toutes les commandes : /help

## La journée

today =
    { $count ->
        [one] { $date } · { $count } foyer
        [many] { $date } · { $count } de foyers
       *[other] { $date } · { $count } foyers
    }
    { $lines }

today-danger = 🆘 Besoin d’aide : { $count }

today-overdue = ⏰ En attente : { $count }

today-unreached = ☎ Non joints : { $count }

today-requests = 📦 Demandes : { $count }

today-ending = 🏁 Dernier jour : { $count }

## Le menu des commandes

command-report = Donner les températures avec des boutons

command-need = Demander des courses, des médicaments ou autre chose

command-lang = Choisir la langue

command-help = Ce que vous pouvez faire ici

command-today = La journée en un coup d’œil

command-overdue = Qui est en attente, avec des boutons

command-open = Tout ce qui est ouvert

command-duty = De service ou non

command-new = Ouvrir le groupe d’un foyer

command-file = Le dossier d’un foyer : /file 3-502
