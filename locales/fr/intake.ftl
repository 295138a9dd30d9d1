### Les questions posées une fois à un foyer ; les questions elles-mêmes sont dans intake.toml.
### Review: unreviewed

## Dans la conversation du foyer

intake-question = { $n }/{ $total } · { $question }

intake-done = ✅ C’étaient toutes nos questions. Merci.

intake-button-answer = { $answer }

intake-button-write = ✍ Écrire

intake-button-skip = Passer

intake-write = Écrivez votre réponse ici.

intake-toast-noted = C’est noté. Merci.

## Pour le personnel

intake-button-ask = 📝 Poser les questions

intake-button-enter = ✍ Répondre pour eux

intake-question-staff = 📝 { $door } · { $n }/{ $total }
    { $question }
    Jusqu’ici : { $answer }

intake-open = rien

intake-passed = passée

intake-line = { $question } : { $answer }

intake-entered = ✅ { $door } : toutes les questions sont faites. Voir <code>/file { $door }</code>

intake-toast-asked = Les questions sont posées au foyer dans sa conversation.

intake-asked-before = Ce foyer a déjà été interrogé. Vous pouvez répondre pour lui.

intake-complete = Toutes les questions ont déjà une réponse.

intake-not-now = Ce foyer ne peut pas être interrogé maintenant. Vous pouvez répondre pour lui.
