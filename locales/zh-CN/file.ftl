### 住户档案，供工作人员查阅。
### Review: unreviewed

file-unknown = 您名下没有这一户。请写门牌或编号：<code>/file 3-502</code>

file-several = 有几户是这个门牌。请改写编号。

file-view =
    🏠 { $place }
    { $state } · { $channel } · 第{ $day }/{ $days }天，至{ $date }
    { $lines }

file-state =
    { $state ->
        [imported] 未开通
        [binding] 开通中
        [active] 随访中
        [held] 已暂停：群里有陌生人
        [muted] 已静音
        [released] 已解除
        [closed] 已关闭
       *[purged] 已清除
    }

file-channel =
    { $channel ->
        [group] 群
        [private] 私聊
        [phone] 仅电话
       *[none] 没有群
    }

file-member = { $n }. { $items }

file-born = { $year }年生

file-phone = ☎ { $phone }

file-phone-second = 第二个号码 { $phone }

file-phone-owner = 机主：{ $owner }
