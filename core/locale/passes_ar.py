"""ما يقال عن الاشتراكات الموقوفة والمنقولة والممدّدة والمنتهية، وعن حصص دون اشتراك."""

SENTENCES: dict[str, str] = {
    "refusal.PASS_PAUSED.what": "الاشتراك موقوف مؤقتًا.",
    "refusal.PASS_PAUSED.do": "يُرجى طلب المساعدة، وسنجد حلًّا.",
    "refusal.PASS_PAUSED.staff": "يكون الاشتراك موقوفًا حين تبدأ الحصة. إنهاء الإيقاف يعيد سريانه.",
    "face.no.PASS_PAUSED.main": "الاشتراك موقوف مؤقتًا",
    "face.no.PASS_PAUSED.more": "يسري من جديد ابتداءً من {date}.",
    "face.no.PASS_PAUSED.more.nameless": "لا يسري اليوم.",
    "desk.inbox.dispute.PASS_PAUSED": "حضور {who} في {session} باشتراك موقوف.",
    "history.PASS_PAUSED": "مكان متروك لأن الاشتراك أُوقف",
    "history.PASS_CANCELLED": "مكان متروك لأن الاشتراك أُلغي",
    "history.PASS_ENDED": "مكان متروك لأن الاشتراك ينتهي قبله",
    "error.plan.first_use_needs_days": "الاشتراك الذي يبدأ بأول استعمال يحتاج إلى عدد أيام. يُرجى ذكره.",
    "error.pass.has_reservations": "الأماكن المحجوزة على هذا الاشتراك: {count}. يُرجى التخلي عنها أولًا.",
    "error.pass.is_cancelled": "أُلغي «{title}» ولم يعد ممكنًا تغييره. يُرجى اختيار اشتراك آخر.",
    "error.pass.has_ended": "انتهى «{title}». يُرجى تمديده أولًا، أو بيع اشتراك جديد.",
    "error.pass.has_no_end": "ليس لاشتراك «{title}» نهاية يمكن تأخيرها. لا يلزم شيء.",
    "error.pass.end_not_later": "النهاية الجديدة ليست بعد الحالية. يُرجى اختيار يوم أبعد.",
    "error.pass.is_paused": "«{title}» موقوف. يُرجى إنهاء الإيقاف أولًا.",
    "error.pass.paused_already": (
        "«{title}» موقوف في هذه المدة من قبل. يُرجى اختيار مدة أخرى، أو إنهاء ذلك الإيقاف أولًا."
    ),
    "error.pass.not_paused": "«{title}» ليس موقوفًا، ولا إيقاف مقبل. يُرجى تحميل الاشتراك من جديد.",
    "error.pass.same_member": "هذا الاشتراك لهذا العضو من قبل. يُرجى اختيار شخص آخر.",
    "error.pause.in_the_past": "لا يمكن أن يبدأ الإيقاف في الماضي. يُرجى بدؤه الآن، أو تمديد الاشتراك.",
    "error.session.sells_no_drop_ins": "لا يمكن دفع ثمن «{title}» في الاستقبال. يُرجى تسجيل الحضور باشتراك.",
    "error.session.free_sells_no_drop_ins": "الحصة المجانية لا ثمن لها. يُرجى ترك أحدهما.",
}
