"""الإشعارات البرمجية وما ينقصها، وليلة كثرت فيها حالات الإيقاف، بالعربية."""

SENTENCES: dict[str, str] = {
    "error.webhook.not_found": "هذا الإشعار البرمجي ليس في هذا الاستوديو. يُرجى تحميل القائمة من جديد.",
    "error.webhook_call.not_found": "لم يعد هذا الاستدعاء موجودًا. يُرجى تحميل القائمة من جديد.",
    "error.webhook.not_https": "يحتاج الإشعار البرمجي إلى عنوان يبدأ بـ https://. يُرجى إعطاء عنوان كهذا.",
    "error.webhook.address_not_understood": (
        "لا يمكن استدعاء هذا العنوان. يُرجى كتابته كاملًا، مثل https://example.org/hook."
    ),
    "error.webhook.address_is_inside": (
        "العنوان {host} ليس على الإنترنت المفتوح، والخادم لا يستدعي غيره. يُرجى إعطاء عنوان عام."
    ),
    "error.webhook.no_such_kind": "لا يُخبَر أحد عن {kind}. يُرجى الاختيار من قائمة الأحداث.",
    "error.webhook.too_many": "يوجد {most} من الإشعارات البرمجية بالفعل، وهو الحد الأقصى. يُرجى حذف واحد أولًا.",
    "error.webhook.paused": "هذا الإشعار البرمجي موقوف مؤقتًا. يُرجى استئنافه أولًا.",
    "desk.webhook.trouble.NO_ADDRESS": "الاسم في عنوانه غير معروف. يُرجى التحقق من العنوان.",
    "desk.webhook.trouble.INSIDE": "يقود اسمه إلى عنوان داخل شبكة، وهذا لا يُستدعى أبدًا. يُرجى إعطاء عنوان عام.",
    "desk.webhook.trouble.NO_CONNECTION": "لم يُجب أحد عند عنوانه. يُرجى التحقق من أن المستقبِل يعمل.",
    "desk.webhook.trouble.NOT_TRUSTED": "لا يمكن الوثوق بشهادته. يُرجى تجديد الشهادة.",
    "desk.webhook.trouble.TOO_SLOW": "تأخر في الإجابة كثيرًا. ليُجب أولًا ثم ليعمل.",
    "desk.webhook.trouble.NOT_HTTP": "ما أجاب به ليس HTTP. يُرجى التحقق من العنوان والمنفذ.",
    "desk.webhook.trouble.REDIRECTED": "أحال الاستدعاء إلى مكان آخر، وهذا لا يُتبع. يُرجى إعطاء العنوان الأخير.",
    "desk.webhook.trouble.REFUSED": "أجاب بأنه لم يقبل الاستدعاء. سجله الخاص يقول السبب.",
    "desk.webhook.trouble.KEY": "خُتم سره بمفتاح تثبيت آخر. يُرجى إعطاؤه سرًا جديدًا.",
    "desk.webhook.paused.FAILING": "منذ أيام لا يصل أي استدعاء، فلم يعد يُرسل شيء. أصلح المستقبِل ثم استأنف.",
    "desk.webhook.paused.GONE": "يقول المستقبِل إنه لا يريد مزيدًا من الاستدعاءات. استأنفه إن كان ذلك خطأ.",
    "error.report.span_too_long": "يغطي التقرير {most} يومًا على الأكثر. يُرجى اختيار مدة أقصر.",
    "error.policy.no_such_version": "لا توجد نسخة {version} من القواعد. يُرجى اختيار نسخة موجودة.",
    "desk.inbox.kind.suspension-spike": "حالات إيقاف كثيرة",
    "desk.inbox.spike": "حالات الإيقاف الليلة الماضية: {count}. في الليالي الأخرى: {usual} في المتوسط.",
    "desk.inbox.spike.policy": "النسخة {version} من القواعد سارية منذ {since}. تحقق من أنها تفعل المقصود.",
    "desk.inbox.spike.no_policy": "لم تتغير أي قاعدة مؤخرًا. تحقق من أن الأكشاك كانت تعمل ومن عدم نسيان إلغاء حصة.",
    "desk.inbox.spike.otherwise": "تبقى حالات الإيقاف. ما لا سبب له يمكن رفعه واحدًا واحدًا.",
    "desk.inbox.price.off_the_list": "يُرفع من القائمة ولا يتغير شيء آخر.",
    "desk.inbox.kind.webhook-paused": "إشعار برمجي متوقف",
    "desk.inbox.webhook": "الإشعار البرمجي إلى {host} موقوف مؤقتًا.",
    "desk.inbox.webhook.otherwise": "لا يُخبَر بشيء حتى يستأنفه أحد. وما مضى عليه أكثر من ثلاثة أيام لا يُرسل.",
}
