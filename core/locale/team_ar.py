"""بطاقات الفريق وأرقامه السرية، بالعربية: ما لدى كل شخص، ومنح البطاقة وسحبها. الصيغة: «يُرجى» مع المصدر."""

SENTENCES: dict[str, str] = {
    "desk.page.staff": "الفريق",
    # the page of staff
    "desk.staff.lead": "من لديه بطاقة ورقم سري فهو من الفريق عند كل جهاز، حتى دون شبكة.",
    "desk.staff.lead.more": "لا يمكن لأحد الاطلاع على رقم سري. يمكن تعيين رقم جديد فقط.",
    "desk.staff.for_an_owner": "البطاقات والأرقام السرية للجميع من شأن المالكين. ورقمك السري من شأنك.",
    "desk.staff.you": "هذا أنت",
    "desk.staff.role.OWNER": "مالك",
    "desk.staff.role.MANAGER": "مدير",
    "desk.staff.role.FRONT_DESK": "الاستقبال",
    "desk.staff.role.INSTRUCTOR": "التدريب",
    "desk.staff.ready": "جاهز للأجهزة",
    "desk.staff.card": "بطاقة الفريق",
    "desk.staff.card.given": "مُنحت: {moment}",
    "desk.staff.card.none": "لا توجد",
    "desk.staff.pin": "الرقم السري",
    "desk.staff.pin.set": "معيّن",
    "desk.staff.pin.none": "لا يوجد",
    "desk.staff.pin.newer_card": "يلزم تعيينه للبطاقة الجديدة",
    "desk.staff.pin.over": "محاولات كثيرة: يلزم رقم جديد",
    # a card: given, printed, taken away
    "desk.staff.give": "منح بطاقة",
    "desk.staff.give.again": "منح بطاقة جديدة",
    "desk.staff.give.sure": "لن تعمل بطاقة {name} الحالية بعد الآن، ويلزم تعيين الرقم السري من جديد.",
    "desk.staff.give.do": "نعم، بطاقة جديدة",
    "desk.staff.given": "لدى {name} بطاقة جديدة. يُرجى طباعتها ثم تعيين الرقم السري.",
    "desk.staff.print": "طباعة البطاقة",
    "desk.staff.take": "سحب البطاقة",
    "desk.staff.take.sure": "يتوقف كل جهاز عن قبول بطاقة {name} حالما يتصل بالخادم.",
    "desk.staff.take.because": "السبب",
    "desk.staff.take.hint": "ضاعت في الطريق إلى البيت",
    "desk.staff.take.missing": "يُرجى كتابة السبب. يُحفظ مع البطاقة.",
    "desk.staff.take.do": "سحب هذه البطاقة",
    "desk.staff.taken": "لم تعد لدى {name} بطاقة.",
    # a PIN
    "desk.staff.set": "تعيين الرقم السري",
    "desk.staff.set.new": "رقم سري جديد من ستة أرقام",
    "desk.staff.set.again": "الرقم نفسه مرة أخرى",
    "desk.staff.set.differ": "الرقمان غير متطابقين. يُرجى إدخالهما من جديد.",
    "desk.staff.set.do": "حفظ هذا الرقم",
    "desk.staff.set.done": "عُيّن الرقم السري لـ {name}.",
    "desk.staff.leave": "تركه كما هو",
    # what cannot be done
    "error.staff.no_such_email": "لا أحد من الفريق يسجل الدخول بالعنوان {email}. يُرجى التحقق من العنوان.",
    "error.staff_card.not_a_picture": "تُرسم بطاقة الفريق في ملف ينتهي بـ .pdf أو .png، وليس {file} أيًا منهما.",
    "error.staff_card.none": "ليست لدى {name} بطاقة فريق. يُرجى منح بطاقة أولًا.",
    "error.staff_card.letters_without_a_font": (
        "في بطاقة الفريق الخاصة بـ {name} حروف لا يرسمها أي خط هنا: {letters} يُرجى كتابتها بشكل آخر."
    ),
}
