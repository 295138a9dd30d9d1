### 工作人员看到的警报：每个危险一条消息，其他待办合成一张名单。
### Review: unreviewed

## 危险

danger-alert = { $lines }

danger-head = 🆘 需要帮助 · { $place } · { $member } · 第{ $day }天 · { $ref }

alert-whole-household = 全户

danger-value = { $celsius }℃

danger-value-before = { $celsius }℃（前次{ $before }℃）

danger-symptoms = 症状：{ $symptoms }

danger-unknown-sender = 不知道是谁发的。

danger-unconfirmed = 未确认：问过住户，没有回答。

danger-corrected = 住户已更正，请再核实。

danger-emergency = 正在求助

danger-red-flag = 消息里提到危险情况。

danger-call-me = 请马上打电话。

danger-mistake = 对方说是误按，请核实。

danger-call-now = ⏰ 还没人接手，请马上联系。

danger-taken = 👤 { $staff }已接手

danger-contacted = 👤 { $staff }已于{ $time }联系上，待负责人、医生或指挥人员结案

danger-closed = ✅ 已结案

danger-storm =
    { $count ->
        [0] ✅ 这些都已结案。
       *[other] 🆘 需要帮助：{ $count }。请按键接手一件，然后马上联系。
    }
    { $lines }

danger-storm-row = 🆘 { $ref } · { $door } · { $member } · { $value }

alert-button-take = 我来

alert-button-pass = ↗ 转交

alert-button-contacted = ☎ 已联系上

alert-button-no-answer = ☎ 没接通

alert-button-visited = 🚪 已上门

alert-button-undo = ↩ 撤回

alert-button-close = ✅ 结案

alert-button-take-one = 接 { $ref }

alert-ask-reason = { $ref }为什么可以结案？请用一条短消息写明，会记录在案。

alert-closed = ✅ { $ref }已结案。

## 待办名单

overdue-list = ⏰ 待办：{ $count }
    { $lines }

overdue-list-done = ✅ 没有待办。

overdue-row-begin =
    { $no ->
        [0] { $mark }
       *[1] { $no } { $mark }
    }

overdue-row = { overdue-row-begin } · { $door } · { $member } · { $time }起

overdue-row-never-reached = { overdue-row-begin } · { $door } · 从未联系上 · { $time }起

overdue-row-unreachable = { overdue-row-begin } · { $door } · 发不了消息，请打电话 · { $time }起

overdue-row-unheard = { overdue-row-begin } · { $door } · 须把机器人设为管理员 · { $time }起

overdue-row-stranger = { overdue-row-begin } · { $door } · 群里有陌生人：{ $account } · { $time }起

overdue-row-counted = { overdue-row-begin } · { $door } · 群里人数比登记的多，请查看 · { $time }起

overdue-row-empty = { overdue-row-begin } · { $door } · 家人都已退群，请打电话 · { $time }起

overdue-row-request = { overdue-row-begin } · { $door } · 需求{ $request }没人接 · { $time }起

overdue-mark-waiting = ⏰ 待办

overdue-mark-taken = 👤 已接手

overdue-mark-done = ✅ 已办

overdue-more = 另有{ $count }条

list-button-contacted = { $no } ☎ 已联系

list-button-no-answer = { $no } ☎ 没接通

list-button-visited = { $no } 🚪 已上门

list-button-enter = { $no } ✍ 代填

list-button-excuse = { $no } ⏸ 暂缓

list-button-ours = { $no } 是{ $name }

list-button-remove = { $no } 🚫 移出群

list-button-accept = { $no } ✅ 都是家人

list-button-pass = { $no } ↗ 转交

list-button-undo = { $no } ↩ 撤回

## 所有没办完的事

open-list = 没办完：{ $count }（最多显示10条）
    { $lines }

open-nothing = ✅ 都办完了。

open-row-danger = 🆘 需要帮助 · { $door } · { $member } · { $ref }

open-row-request = 📦 { $door } · { $ref }

## 按键之后

alert-toast-taken = 已由您接手，请马上联系。

alert-toast-noted = 已记下。

alert-toast-passed = 已转交。

alert-toast-undone = 已撤回。

alert-toast-excused = 已暂缓，到下次测体温时再提醒。

alert-toast-reason = 请在下一条消息里写明原因。
