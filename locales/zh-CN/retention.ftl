### 数据保留：到期后删除住户的个人信息。
### Review: unreviewed

retention-warning = 🗑 即将删除{ $count }户的姓名、电话、体温和消息：
    { $lines }
    统计数字会保留。删除不能推迟，也不能撤销。

retention-day = { $date }：{ $items }

retention-household = { $place }

retention-more = 另有{ $count }户
