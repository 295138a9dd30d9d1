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

member-claimed = 👤 { $door } · { $household }
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

## 不能执行的按键

not-yours = 这一项不由您操作。

already-closed = 这一项已经结束了。
