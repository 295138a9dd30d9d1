### 住户：置顶卡片，以及隔离期的结束。
### Review: unreviewed

## 置顶卡片

card = { $lines }
    { $time }更新

card-head = 🏠 { $door } · 第{ $day }天/共{ $days }天 · { $date }结束

card-head-tomorrow = 🏠 { $door } · 第{ $day }天/共{ $days }天 · 明天结束

card-head-ended = 🏠 { $door } · ✅ 已结束

card-member = { $n } { $name } { $mark } { $value }

card-value = { $celsius }℃

card-mark-done = ✅ 已报

card-mark-waiting = ⏰ 待报

card-mark-overdue = ⏰ 仍待报

card-mark-help = 🆘 需要帮助

card-mark-none = ➖ 今天不用报

card-mark-later = ➖ 还没到时间

card-button-need = 📦 要东西

card-button-talk = 💬 找人

card-button-emergency = 🆘 紧急求助

## 隔离期结束

release-due = 🏁 { $place }：隔离期{ $date }结束。
    最后一次体温报齐后，请按下面的按键。

release-button-ask = 解除 { $door }

release-confirm = 🏁 解除{ $place }的隔离？第{ $day }天/共{ $days }天。
    没有未办事项。按下面的按键即解除。

release-button-confirm = 确认解除

release-done = ✅ { $door }已解除，已通知住户。

release-refused = ⏰ { $place }还不能解除，请先处理：
    { $lines }
    隔离期{ $date }结束。

release-refused-extended = ⏰ { $place }还不能解除，请先处理：
    { $lines }
    隔离期已延到{ $date }结束，原因已告知住户。

release-objection-danger = 有人的身体情况还需要关注。

release-objection-report = 最后一天的体温还没报齐。

period-extended = 您的居家隔离延长到{ $date }。原因：
    { $lines }
    有问题请问{ $staff }。

released = ✅ 您的居家隔离已于今天{ $time }解除。谢谢配合。这里将于{ $date }关闭。

release-asked-others = { $door }的解除需要第二个人确认，已通知。

card-reported = 已报：{ $n }/{ $total }
