### 找人说话：住户的话转给工作人员，工作人员的回复转回住户。
### Review: unreviewed

## 住户群里

talk-opened = 请直接在这里写，{ $staff }会看到。有人有危险时，请拨打{ $number }。

talk-opened-nobody = 请直接在这里写，我们会转给工作人员。有人有危险时，请拨打{ $number }。

talk-from-staff = 👤 { $staff }：{ $text }

## 网格员、社区负责人和指挥人员的私聊里

talk-wanted = 💬 { $place } · { $member }想找人说话。
    请“回复”这条消息来回答。

talk-from-household = 💬 { $place } · { $member }
    “{ $text }”
    请“回复”这条消息来回答。

talk-media-from-household = 💬 { $place } · { $member }发来：
    请“回复”它来回答。

talk-unknown = 未知的人

talk-no-chat = { $door }收不到消息，请打电话或上门。

talk-only-text = 只能转发文字，请写出来。

talk-too-long = 太长了，请不要超过{ $count }个字。
