### 进入方式：选择群的按钮，以及进群的个人链接。
### Review: unreviewed

## 群

group-list =
    还没有群的住户：{ $count } 户。
    请点其中一户，再新建或选择它的群。

group-none = 您的住户都有群了。要给某户换群：<code>/new 3-502</code>

group-button-household = { $door }

group-choose = 👥 { $door }
    请点输入框下面的按钮，新建一个群，或选择您建的群。我会以管理员身份一起进群。
    如果您的应用里不能在那里新建群，请先建好群，再点按钮。

group-button-choose = 选择群

group-button-open = 开通群

group-opened = ✅ { $door }：群已开通。请把住户拉进来，或给每人一个链接：<code>/file { $door }</code>

group-taken = 这个群已属于另一户。请用按钮另选一个。

group-request-over = 这个按钮已失效。请重新开始：/new

group-bot-missing = ⚠ { $door }：我不在群 { $title } 里，即使应用显示已加入。
    请打开此链接并选择该群：{ $url }
    或把我加为管理员，然后在群里写：<code>{ $command }</code>

## 个人链接

invite-hand-out = ✉ { $door } · { $name }
    请只把此链接转给 { $name }：{ $url }
    只能用一次，48 小时内有效，只限一个账号。

invite-link = 请点按钮申请进群，会马上通过。此链接只给您一人，48 小时内有效。

invite-button-open = 打开群

invite-used = 此链接已用过。请向您的网格员要一个新的。

invite-ended = 此链接已过期。请向您的网格员要一个新的。

invite-later = 现在还没有可进的群。请稍后再用这个链接。

invite-already-in = 您已在群里。现在我们知道您是谁了，谢谢。

invite-failed = 现在无法让您进群，已告知您的网格员。请稍后再点您的链接。

invite-no-right = ⚠ { $door }：我无法让 { $name } 进群。请在群里把我设为可以邀请成员的管理员，再请 { $name } 点同一个链接。

invite-turned-away = 🚫 { $door }：{ $account } 没有本人的有效链接，已被拒绝。此类消息每小时最多一条。

invite-button-hand-out = ✉ { $name }
