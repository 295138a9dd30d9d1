### Les contrôles de santé : rappels, clavier, questions sur une mesure, et ce qui est dit en cas de danger.
### Review: unreviewed

## Rappels

reminder = Envoyez la température de chacun avant { $time }, s’il vous plaît. Exemple : { $examples }

reminder-example = { $name } 36,5

nudge =
    Nous attendons encore : { $names }. { $count ->
        [one] Un nombre suffit.
        [many] Les noms et les nombres suffisent.
       *[other] Les noms et les nombres suffisent.
    }

nudge-call = Pas encore de nouvelles de : { $names }. Tout va bien ? { $staff } ou un collègue vous téléphonera avant { $time }.

## Le clavier

report-button = 🌡 Température

report-button-member = { $name }

report-open = Appuyez sur un bouton ci-dessous, ou écrivez ici. Exemple : Maman 36,5

keypad-degrees = { $name } : appuyez d’abord sur les degrés, sans la virgule.

keypad-tenths = { $name }, { $degrees } °C : appuyez maintenant sur le nombre complet.

keypad-done = ✅ Enregistré : { $name } { $celsius } °C

keypad-button-degrees = { $degrees }

keypad-button-tenths = { $celsius }

keypad-toast = Enregistré : { $celsius } °C

## Questions sur une mesure

reading-which = À qui est la température de { $celsius } °C ?

reading-confirm = Vous avez écrit « { $heard } ». Est-ce { $celsius } °C ?

reading-out-of-range = { $celsius } °C, est-ce une température du corps ? Regardez de nouveau le thermomètre et envoyez le nombre.

reading-number = Quel nombre indique le thermomètre ? Écrivez-le ici ou appuyez sur un bouton.

reading-rejected = D’accord, rien n’est enregistré. Pour donner une température, écrivez-la ici ou appuyez sur un bouton.

reading-settled = ✅ Enregistré. Merci.

reading-button-yes = Oui, { $celsius }

reading-button-yes-of = { $name } : { $celsius }

reading-button-no = Non

reading-button-nobody = Pas une température

## Mesures saisies par l’équipe

entry-ask = { $door } · { $name } : écrivez la température, par exemple 36,5

entry-unclear = Message non compris. Écrivez comme ceci : <code>{ $door } Maman 36,5</code>

entry-which-household = Plusieurs foyers ont la porte { $door }. Écrivez le code du foyer à la place.

## Symptômes

symptom-cough = toux

symptom-sore-throat = mal de gorge

symptom-fever = fièvre

symptom-headache = mal de tête

symptom-fatigue = fatigue

symptom-diarrhea = diarrhée

symptom-dyspnea = gêne respiratoire

symptom-runny-nose = nez qui coule

symptom-myalgia = douleurs musculaires

symptom-chills = frissons

symptom-nausea = nausées

symptom-loss-smell = perte de l’odorat

symptom-loss-taste = perte du goût

symptom-other = autre symptôme

## Danger

danger-instructions =
    🆘 Appelez tout de suite le { $number } si quelqu’un respire mal, a mal à la poitrine ou s’évanouit.
    { $celsius } °C, c’est élevé. Repos, eau, nouvelle mesure à { $time }. { $staff } ou un collègue vous appellera.

emergency = 🆘 Appelez tout de suite le { $number } si une vie est en danger, ou si quelqu’un respire mal, a mal à la poitrine ou s’évanouit ! Vous n’êtes pas seul : nous sommes prévenus et vous appellerons.

danger-button-call-me = Appelez-moi

danger-button-worse = Je me sens plus mal

danger-button-mistake = Appui par erreur

emergency-toast = Nous sommes prévenus. L’aide est demandée.

emergency-toast-call = Nous sommes prévenus. Nous vous appellerons.

emergency-toast-mistake = Merci. Une personne va quand même vérifier.
