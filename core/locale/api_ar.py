"""ما تجيب به الواجهة البرامجَ، وصفحة الرموز، بالعربية."""

SENTENCES: dict[str, str] = {
    "error.api.version_unknown": "لا توجد نسخة “{given}” من هذه الواجهة. يُرجى حذف الترويسة أو إرسال {known}.",
    "error.http.not_readable": "لا يمكن قراءة هذا الطلب. يُرجى التحقق من طريقة كتابته.",
    "error.body.not_json": "هذا ليس JSON أو لا يذكر ذلك. يُرجى إرسال JSON مع Content-Type: application/json.",
    "error.field.unknown": "لا يوجد هنا حقل «{field}». يُرجى التحقق من اسمه.",
    "error.idempotency.other_request": (
        "وصل هذا الـ Idempotency-Key من قبل مع طلب آخر. يُرجى استعمال مفتاح جديد لكل طلب."
    ),
    "error.idempotency.still_running": "يُنفَّذ الطلب نفسه الآن. يُرجى السؤال مرة أخرى بعد لحظة.",
    "error.idempotency.answer_lost": (
        "بدأ هذا الطلب ونُفِّذ جزء منه على الأقل، لكن جوابه فُقد. يُرجى النظر في الحال قبل إرساله بمفتاح جديد."
    ),
    "error.idempotency.key_not_understood": (
        "يتكوّن الـ Idempotency-Key من 1 إلى 255 حرفًا ظاهرًا من ASCII. يُرجى إرسال غيره."
    ),
    "error.cursor.not_understood": "لا ينتمي هذا المؤشر إلى أي قائمة هنا. يُرجى البدء من جديد بدونه.",
    "error.api_token.scope": "لا يشمل رمز الوصول هذا {scope}. يُرجى إنشاء رمز يشمله.",
    "error.api_token.makes_none": "رمز وصول كهذا لا ينشئ رموزًا أخرى. يُرجى تسجيل الدخول وإنشاؤه هناك.",
    "error.api_token.lasts": "يدوم رمز الوصول {days} يومًا على الأكثر وينتهي بعد الآن. يُرجى اختيار نهاية أخرى.",
    "error.api_token.member_inactive": "لم يعد هذا العضو منتميًا. يُرجى تفعيله أولًا.",
    "error.request.from_elsewhere": "طلبت هذا التغيير صفحةٌ من موقع آخر. يُرجى استعمال صفحات الاستوديو أو رمز وصول.",
    "api.problem.400": "غير مقروء",
    "api.problem.401": "دون تسجيل دخول",
    "api.problem.403": "غير مسموح",
    "api.problem.404": "غير موجود",
    "api.problem.405": "الطريقة غير مسموحة",
    "api.problem.409": "غير ممكن في هذه الحال",
    "api.problem.413": "كبير جدًا",
    "api.problem.422": "غير مفهوم",
    "api.problem.429": "أكثر من اللازم",
    "api.problem.500": "عطل",
    "api.problem.503": "ليس الآن",
    "api.problem.refusal": "رفض معتاد",
    "api.problem.other": "غير ممكن",
    "api.codes.title": "الرموز ومعناها",
    "api.codes.lead": "لكل رفض رمز لا يتغير أبدًا، وجملة تقول ما حدث وما العمل. تتبع البرامج الرمز، ويقرأ الناس الجملة.",
    "api.codes.code": "الرمز",
    "api.codes.sentence": "ما حدث، وما العمل",
}
