### 入门：选语言、告知、谁是谁、链接、陌生人，以及不能执行的按键。
### Review: unreviewed

## 语言

language-choice = 您好，请选择语言。随时可用 /lang 更改。

language-button = { $language }

language-button-more = 🌐 更多

language-toast = 语言：{ $language }

## 告知

notice = 这里用于居家隔离服务，至{ $date }结束。收到提醒请报全家体温；买菜、要药、要帮忙直接在这里说。有危险请拨打{ $number }。结束{ $days }天后删除您的信息。

notice-button-acknowledge = 知道了

notice-button-questions = 我有问题

notice-toast = 谢谢。

chat-unheard = 我看不到普通消息。请把我设为本群管理员，然后随便发一个字。

## 谁是谁

who-are-you = 请问您是哪一位？请按您的称呼。

member-claimed = 👤 { $place }
    { $account }的身份：{ $name }
    如果不对，或者全家都已进群，请按下面的按键。

member-nobody-yet = 还没说

member-button-refuse = 不是这户的人

member-button-everybody = 全家已进群

member-toast-claimed = 谢谢，已记下您是{ $name }。

member-toast-refused = 已记下，此人不再算这户的成员。

member-toast-everybody = 已记下。以后有新的人进群会告诉您。

## 链接

link-not-yours = 这个链接不能在这里用，请问给您链接的人。

link-chat-taken = 这个聊天已经在用了，请换一个聊天使用链接。

link-over = 这个链接已经不需要了，请问给您链接的人。

link-unknown = 链接不对或者太旧了，请重新要一个。

## 陌生人

stranger = 这里只为受邀请的人服务。紧急情况请拨打{ $number }。

chat-held = 群里有我不认识的人。弄清楚之前，私人内容我先不发。有危险请直接在这里写，或拨打{ $number }。

stranger-toast-ours = 已记下，这是{ $name }。

stranger-toast-remove = 正在把此人移出群。

stranger-toast-accept = 已记下，群里都是这户的人。

stranger-not-removed-rights = ⚠️ { $door }：我没能把{ $account }移出群。请您自己在群里移出，或者给我“封禁用户”的权限后再按一次。

stranger-not-removed-administrator = ⚠️ { $door }：我没能把{ $account }移出群，因为此人是群管理员。须由群主移出。

## 群出了问题

rights-lost = ⚠️ { $door }：机器人在这个群里不能再做：{ $rights_list }。请打开群设置，进入管理员，选机器人，重新打开权限。

rights-back = ✅ { $door }：机器人需要的权限都恢复了。

right-invite-users = 邀请用户

right-pin-messages = 置顶消息

right-delete-messages = 删除消息

right-restrict-members = 封禁用户

worker-left = 🚪 { $door }：您已不在这户的群里。他们写的话会转到这里。要回到群里，请让他们拉您进群。

## 不能执行的按键

not-yours = 这一项不由您操作。

already-closed = 这一项已经结束了。
