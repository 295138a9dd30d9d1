### 健康监测：提醒、按键填报、对体温的提问，以及危险时的话。
### Review: unreviewed

## 提醒

reminder = 请在{ $time }前报全家体温。例：{ $examples }

reminder-example = { $name } 36.5

nudge =
    还差：{ $names }。{ $count ->
        [1] 发个数字就行。
       *[2] 发称呼和数字就行。
    }

nudge-call = 还没有收到{ $names }的体温，一切都好吗？{ $staff }或同事会在{ $time }前打电话。

## 按键填报

report-button = 🌡 报体温

report-button-member = { $name }

report-open = 请按下面的按键，或直接在这里写。例：妈妈 36.5

keypad-degrees = { $name }：请先按整数部分（小数点前）。

keypad-tenths = { $name }，{ $degrees }℃：请按完整的数字。

keypad-done = ✅ 已记下：{ $name } { $celsius }℃

keypad-button-degrees = { $degrees }

keypad-button-tenths = { $celsius }

keypad-toast = 已记下：{ $celsius }℃

## 对体温的提问

reading-which = { $celsius }℃是谁的体温？

reading-confirm = 您写的是“{ $heard }”，是{ $celsius }℃吗？

reading-out-of-range = { $celsius }℃是体温吗？请再看一下体温计，把数字发过来。

reading-number = 体温计上是多少？请在这里写，或按下面的按键。

reading-rejected = 好的，没有记录。要报体温，请在这里写，或按下面的按键。

reading-settled = ✅ 已记下，谢谢。

reading-button-yes = 是{ $celsius }

reading-button-yes-of = { $name }：{ $celsius }

reading-button-no = 不是

reading-button-nobody = 不是体温

## 工作人员代填

entry-ask = { $door } · { $name }：请写体温，例如 36.5

entry-unclear = 没看懂，请这样写：<code>{ $door } 妈妈 36.5</code>

entry-which-household = 门牌{ $door }有不止一户，请改写住户编号。

## 症状

symptom-cough = 咳嗽

symptom-sore-throat = 咽痛

symptom-fever = 发热

symptom-headache = 头痛

symptom-fatigue = 乏力

symptom-diarrhea = 腹泻

symptom-dyspnea = 呼吸困难

symptom-runny-nose = 流鼻涕

symptom-myalgia = 肌肉酸痛

symptom-chills = 寒战

symptom-nausea = 恶心

symptom-loss-smell = 嗅觉减退

symptom-loss-taste = 味觉减退

symptom-other = 其他症状

## 危险

danger-instructions =
    🆘 紧急拨打{ $number }：有人呼吸困难、胸痛或晕倒时。
    { $celsius }℃偏高。请休息、多喝水，{ $time }再量一次。{ $staff }或同事会联系您。

emergency = 🆘 紧急请拨打{ $number }！有生命危险，或有人呼吸困难、胸痛、晕倒时，不要等。别怕，我们已收到，马上联系您。

danger-button-call-me = 马上联系我

danger-button-worse = 更难受了

danger-button-mistake = 按错了

emergency-toast = 我们已收到，正在找人帮忙。

emergency-toast-call = 我们已收到，会联系您。

emergency-toast-mistake = 谢谢。我们还是会有人看一下。
