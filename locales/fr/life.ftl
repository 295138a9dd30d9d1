### La vie d’un foyer : prolongé, confié, mis en silence, appelé, recherché, fermé.
### Review: unreviewed

## La fiche épinglée

card-muted = ⏸ Pas de rappel pour le moment. Vous pouvez écrire ici à tout moment.

card-next = Ensuite : après le dernier relevé, { $date }, votre agent lève la quarantaine.

card-mark-hospital = ➖ à l’hôpital

## La fin de la période

release-soon = 🏁 { $place } : encore deux jours, fin { $date }.
    Ensuite : après le dernier relevé, vous recevez le bouton de levée. Réglez d’abord les demandes ouvertes.

farewell = Cette conversation se ferme. Merci, et prenez soin de vous. En danger, appelez le { $number }.

## Une période plus longue

extend-button = Prolonger { $door }

extend-ask = { $door } : fin { $date }. Combien de jours de plus, et pourquoi ? Écrivez les deux en un message, par exemple : <code>2 il manque le dernier test</code>

extend-how = Écrivez la porte, les jours (1 à 28) et une courte raison : <code>/extend { $door } 2 il manque le dernier test</code>
    Après [Prolonger], les jours et la raison suffisent.

extend-done = ✅ { $door } : nouvelle fin { $date }. Le foyer sait pourquoi.

## Un autre agent

transfer-how = Écrivez la porte et le nom : <code>/transfer { $door } Chen</code>

transfer-nobody = Personne du nom de { $name } n’est inscrit comme agent, responsable ou commandement.

transfer-same = { $staff } s’occupe déjà de ce foyer.

transfer-offered = { $staff } est prié de reprendre { $door }. D’ici là, { $worker } reste responsable.

transfer-ask = { $staff } vous confie { $place }. Jour { $day } sur { $days }. Alertes ouvertes : { $count }.
    Tant que vous n’acceptez pas, { $worker } reste responsable.

transfer-accept = ✅ Accepter

transfer-decline = Refuser

transfer-withdrawn = ➖ { $door } ne vous est plus proposé.

transfer-taken = ✅ { $door } est à vous. Le foyer est prévenu.

transfer-left = ➖ Vous avez refusé { $door }.

transfer-accepted = ✅ { $staff } s’occupe désormais de { $door }.

transfer-declined = ⏰ { $staff } a refusé { $door }. Rien ne change. Demandez à quelqu’un d’autre.

transfer-waits = ⏰ { $place } : { $giver } l’a proposé à { $staff } il y a 15 minutes. Pas de réponse. { $worker } reste responsable.

transfer-told = Désormais, { $staff } s’occupe de vous. Écrivez ici comme avant.

transfer-toast-accepted = C’est à vous.

transfer-toast-declined = Refusé.

## Personne n’est sollicité

mute-how = Écrivez la porte : <code>/mute { $door }</code>

mute-menu = ⏸ { $place } : qui ne faut-il plus solliciter ? Un appui suffit. On peut y revenir ici.
    { $lines }

mute-menu-whole = ⏸ { $place } : personne n’est sollicité ici. Un danger est toujours signalé.
    { $lines }

mute-line = ➖ { $name } : { $why }

mute-why-hospital = à l’hôpital

mute-why-death = décès

mute-why-moved = vit ailleurs

mute-button-hospital = { $name } : hôpital

mute-button-death = { $name } : décès

mute-button-moved = { $name } : parti

mute-button-end = ↩ Reprendre { $name }

mute-button-whole-hospital = Tous à l’hôpital

mute-button-whole-moved = Tous partis

mute-button-whole-end = ↩ Reprendre

mute-toast = N’est plus sollicité.

mute-toast-end = De nouveau sollicité.

## Appeler

overdue-mark-calling = ☎ { $staff } appelle jusqu’à { $time }

call-taken = { $staff } les appelle, jusqu’à { $time }.

call-toast = À vous d’appeler jusqu’à { $time }. Indiquez ensuite le résultat.

list-button-call = { $no } ☎ J’appelle

list-button-mute = { $no } ⏸ Ne plus

## Les essais pour joindre un foyer jamais joint

attempt-first = { "   " }Ensuite : { $next }

attempt-line = { "   " }Essayé : { $items }. Ensuite : { $next }

attempt-reached = { $way } ✅

attempt-no-answer = { $way } ➖

attempt-way-member = téléphone

attempt-way-second-number = deuxième numéro

attempt-way-building-head = responsable d’immeuble

attempt-way-visit = visite

attempt-way-look-up = recherche du responsable

list-button-second-reached = { $no } ☎ 2e numéro

list-button-second-no-answer = { $no } ➖ 2e numéro

list-button-head-knows = { $no } ✅ Immeuble

list-button-head-no-answer = { $no } ➖ Immeuble

list-button-nobody-there = { $no } ➖ Personne

list-button-found = { $no } ✅ Trouvé

list-button-not-found = { $no } ➖ Introuvable
