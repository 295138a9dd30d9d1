### 语言本身：名称，以及数字、日期和列举的写法。
### Review: unreviewed

language-name = 简体中文

language-direction = ltr

language-unsaid = 抱歉，这条消息无法显示，请直接问负责您的工作人员。

language-tenths = { $whole }.{ $tenth }

language-weekday =
    { $weekday ->
        [1] 星期一
        [2] 星期二
        [3] 星期三
        [4] 星期四
        [5] 星期五
        [6] 星期六
       *[7] 星期日
    }

language-month = { $month }月

language-day = { language-month }{ $day }日（{ language-weekday }）

language-list-more = { $items }、{ $item }

language-list-last = { $items }和{ $item }
