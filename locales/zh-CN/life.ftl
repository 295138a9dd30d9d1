### 住户的变化：延长、换网格员、暂停提醒、打电话、寻找、关闭。
### Review: unreviewed

## 置顶卡片

card-muted = ⏸ 暂时不再提醒。有事随时可以在这里写。

card-next = 接下来：{ $date }最后一次体温报齐后，由网格员解除隔离。

card-mark-hospital = ➖ 住院

## 隔离期结束

release-soon = 🏁 { $place }：还有两天，{ $date }结束。
    接下来：最后一次体温报齐后，您会收到解除的按键。未办的需求请先办完。

farewell = 这里现在关闭。谢谢您，保重。遇到危险请拨打{ $number }。

## 延长

extend-button = 延长 { $door }

extend-ask = { $door }：{ $date }结束。延长几天，为什么？请写在一条消息里，例：<code>2 还缺最后一次检测</code>

extend-how = 请写门号、天数（1到28）和简短的原因：<code>/extend { $door } 2 还缺最后一次检测</code>
    按过“延长”后，只写天数和原因即可。

extend-done = ✅ { $door }延长到{ $date }，原因已告知住户。

## 换网格员

transfer-how = 请写门号和姓名：<code>/transfer { $door } 陈</code>

transfer-nobody = 没有叫“{ $name }”的网格员、负责人或指挥人员。

transfer-same = 这户本来就由{ $staff }负责。

transfer-offered = 已问{ $staff }是否接手{ $door }。对方接受之前，仍由{ $worker }负责。

transfer-ask = { $staff }把{ $place }交给您。第{ $day }天/共{ $days }天。未办：{ $count }。
    您接受之前，仍由{ $worker }负责。

transfer-accept = ✅ 接受

transfer-decline = 不接

transfer-withdrawn = ➖ { $door }不再需要您接手。

transfer-taken = ✅ { $door }现在由您负责，已告知住户。

transfer-left = ➖ 您没有接{ $door }。

transfer-accepted = ✅ { $door }已由{ $staff }接手。

transfer-declined = ⏰ { $staff }没有接{ $door }，仍由原来的人负责。请再找别人。

transfer-waits = ⏰ { $place }：{ $giver }15分钟前请{ $staff }接手，还没有回答。仍由{ $worker }负责。

transfer-told = 从现在起，由{ $staff }负责您这一户。照常在这里写即可。

transfer-toast-accepted = 现在由您负责。

transfer-toast-declined = 没有接。

## 暂停提醒

mute-how = 请写门号：<code>/mute { $door }</code>

mute-menu = ⏸ { $place }：谁不用再问？按一下即可，也可在这里恢复。
    { $lines }

mute-menu-whole = ⏸ { $place }：这户已暂停提醒。有危险仍会通知。
    { $lines }

mute-line = ➖ { $name }：{ $why }

mute-why-hospital = 住院

mute-why-death = 已去世

mute-why-moved = 已搬走

mute-button-hospital = { $name }住院

mute-button-death = { $name }去世

mute-button-moved = { $name }搬走

mute-button-end = ↩ 恢复{ $name }

mute-button-whole-hospital = 全户住院

mute-button-whole-moved = 全户搬走

mute-button-whole-end = ↩ 恢复提醒

mute-toast = 不再提醒。

mute-toast-end = 已恢复提醒。

## 打电话

overdue-mark-calling = ☎ { $staff }在打，到{ $time }

call-taken = { $staff }正在打电话，到{ $time }为止。

call-toast = 到{ $time }为止由您打。打完请按结果。

list-button-call = { $no } ☎ 我来打

list-button-mute = { $no } ⏸ 免问

## 联系从未联系上的住户

attempt-first = { "　" }下一步：{ $next }

attempt-line = { "　" }已试：{ $items }。下一步：{ $next }

attempt-reached = { $way }✅

attempt-no-answer = { $way }➖

attempt-way-member = 电话

attempt-way-second-number = 备用号码

attempt-way-building-head = 楼长

attempt-way-visit = 上门

attempt-way-look-up = 负责人查找

list-button-second-reached = { $no } ☎ 备用号

list-button-second-no-answer = { $no } ➖ 备用号

list-button-head-knows = { $no } ✅ 楼长

list-button-head-no-answer = { $no } ➖ 楼长

list-button-nobody-there = { $no } ➖ 没人在

list-button-found = { $no } ✅ 查到

list-button-not-found = { $no } ➖ 没查到
