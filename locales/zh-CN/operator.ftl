### 给运行机器人的人的通知：不能自动完成的事。
### Review: unreviewed

operator-dead-letter = ⚠️ 消息{ $letter }没能送达，不会再试。请查看日志。

operator-dead-update = ⚠️ 更新{ $update }多次处理失败，已搁置。请查看日志。
