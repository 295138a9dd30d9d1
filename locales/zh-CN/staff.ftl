### 工作人员：加入、值班、命令和命令菜单、当天概览。
### Review: unreviewed

## 加入

staff-joined = 欢迎，{ $name }。
    您的身份：{ $role }
    负责区域：{ $area }
    您已在岗。能做什么，请看：/help

staff-invite-used = 这个邀请已经用过了，请重新要一个。

staff-invite-ended = 这个邀请已过期，请重新要一个。

staff-already-joined = 您已经加入了。请把这个邀请转给它要邀请的人。

## 身份

role-admin = 管理员

role-officer = 指挥人员

role-lead = 社区负责人

role-worker = 网格员

role-translator = 翻译

role-doctor = 医生

role-counsellor = 心理咨询师

role-volunteer = 志愿者

role-auditor = 审计员

## 值班

duty-on = ✅ 您已上岗，新的事项会发给您。下岗请发：<code>/duty off</code>

duty-off = ➖ 您已下岗，新的事项会发给别人。上岗请发：<code>/duty on</code>

duty-is-on = ✅ 您在岗。下岗请发：<code>/duty off</code>

duty-is-off = ➖ 您不在岗。上岗请发：<code>/duty on</code>

duty-how = 请发 <code>/duty on</code> 或 <code>/duty off</code>。

## 帮助

help-staff = /today – 今天的情况，以及可以解除的住户
    /overdue – 待报名单，可以直接按键处理
    /open – 所有没办完的事
    /new – 开通住户的群 · <code>/file 3-502</code> – 住户档案
    /duty – 上岗或下岗
    /extend – 延长 · /transfer – 换网格员 · /mute – 暂停提醒
    要回复住户，请“回复”住户的那条消息。
    要代填体温，请写门牌、称呼和数字：<code>3-502 妈妈 36.5</code>

help-household = 有危险时，请拨打{ $number }。
    报体温直接在这里写，例：妈妈 36.5
    /report – 按键填体温
    /need – 买菜、要药等 · /lang – 换语言

staff-unclear = 没看懂。要回复住户，请“回复”住户的那条消息。
    要代填体温，请这样写：<code>3-502 妈妈 36.5</code>
    全部命令：/help

## 今天

today = { $date } · { $count }户
    { $lines }

today-danger = 🆘 需要帮助：{ $count }

today-overdue = ⏰ 待报：{ $count }

today-unreached = ☎ 联系不上：{ $count }

today-requests = 📦 需求：{ $count }

today-ending = 🏁 最后一天：{ $count }

## 命令菜单

command-report = 按键填体温

command-need = 买菜、要药、要别的东西

command-lang = 换语言

command-help = 这里能做什么

command-today = 今天的情况

command-overdue = 待报名单，可以直接按键处理

command-open = 所有没办完的事

command-duty = 上岗或下岗

command-new = 开通住户的群

command-file = 住户档案：/file 3-502
