### 物资需求：住户要什么，以及办到收齐为止的过程。
### Review: unreviewed

## 提出需求

need-ask = 需要什么？请用一条消息写明，也可以发一张照片。

need-too-long = 太长了，请用不超过{ $count }个字重新写一次。

## 住户群里会变化的那条消息

need-asked = 📦 收到（{ $ref }）。正在联系工作人员，有进展会更新在这条消息里。

need-taken = 📦 { $staff }已接单（{ $ref }），会送到您家门口。

need-delivered = 📦 { $time }已放到门口，东西都对吗？（{ $ref }）

need-confirmed = ✅ 已收齐，谢谢。（{ $ref }）

need-incomplete = ⏰ 少了东西。少了什么，请在这里写明。已通知{ $staff }。（{ $ref }）

need-declined = ➖ 办不了：“{ $reason }”。别的办法请问{ $staff }。（{ $ref }）

need-cancelled = ➖ 已取消。（{ $ref }）

need-button-confirm = 都对

need-button-incomplete = 少了东西

need-button-talk = 找人

need-card-line = 📦 { $count }件在办

## 网格员看到的会变化的消息

need-request = 📦 { $ref } · { $place }
    { $lines }

need-line-urgent = ❗ 急

need-line-words = “{ $text }”

need-line-wordless = （没有文字，见上一条消息。）

need-line-asked = { $time }提出（{ $language }）

need-state-requested = ⏰ 待接单

need-state-accepted = 👤 { $staff }已接单

need-state-delivered = 🚪 { $time }已放到门口（{ $staff }），等住户确认

need-state-confirmed = ✅ 住户已收齐

need-state-incomplete = ⏰ 住户说少了东西

need-state-declined = ➖ 办不了：“{ $reason }”

need-state-cancelled = ➖ 已取消

need-button-take = 接单

need-button-deliver = 送达

need-button-decline = 办不了

need-photo = 📷 { $ref } · { $place }

need-missing = 📦 { $ref } · { $place }
    住户说少了东西。要问住户，请“回复”这条消息。

need-ask-reason = { $ref }为什么办不了？请用一条短消息写明，住户会看到。

## 按键之后

need-toast-taken = 已接单，住户看得到。

need-toast-delivered = 已记下，正在请住户确认。

need-toast-reason = 请在下一条消息里写明原因。

need-toast-confirmed = 谢谢。

need-toast-missing = 少了什么，请在这里写明。

## 解除

need-objection = 需求{ $ref }还没办完。
