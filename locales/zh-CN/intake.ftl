### 每户只问一次的问题；问题本身在 intake.toml 里。
### Review: unreviewed

## 住户的群里

intake-question = { $n }/{ $total } · { $question }

intake-done = ✅ 问题都问完了，谢谢。

intake-button-answer = { $answer }

intake-button-write = ✍ 写下来

intake-button-skip = 跳过

intake-write = 请在这里写下答案。

intake-toast-noted = 已记下，谢谢。

## 给工作人员

intake-button-ask = 📝 问住户

intake-button-enter = ✍ 代为回答

intake-question-staff = 📝 { $door } · { $n }/{ $total }
    { $question }
    目前：{ $answer }

intake-open = 无

intake-passed = 已跳过

intake-line = { $question }：{ $answer }

intake-entered = ✅ { $door }：问题都已填完。查看：<code>/file { $door }</code>

intake-toast-asked = 已在群里问住户。

intake-asked-before = 这户已经问过了。您可以代为回答。

intake-complete = 所有问题都已有答案。

intake-not-now = 现在不能在群里问这户。您可以代为回答。
