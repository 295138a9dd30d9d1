### Avis à ceux qui font tourner le bot : ce qui ne peut plus se faire tout seul.
### Review: unreviewed

operator-dead-letter = ⚠️ La lettre { $letter } n’a pas pu être remise et ne sera plus envoyée. Regardez le journal.

operator-dead-update = ⚠️ La mise à jour { $update } n’a pas pu être traitée, même après plusieurs essais, et a été mise de côté. Regardez le journal.
