"""ما يقال عن ملفات نظام آخر، بالعربية."""

SENTENCES: dict[str, str] = {
    "error.import.no_such_kind": "لا يمكن أن تكون الصفوف «{given}». يُرجى الاختيار من: {known}.",
    "error.import.no_such_system": "أعمدة «{given}» غير معروفة هنا. يُرجى الاختيار من {known} أو ترك الخانة فارغة.",
    "error.import.no_such_column": "لا يوجد في هذا الملف عمود واحد باسم «{column}». أعمدته: {known}.",
    "error.import.no_such_field": "لا يمكن أن يكون العمود «{field}». يُرجى الاختيار من: {known}.",
    "error.import.no_such_choice": "«{given}» لا يذكر أي عمود هو ماذا. يُرجى كتابة العمود ثم = ثم الحقل.",
    "error.import.field_twice": "لا يمكن أن يكون عمودان كلاهما «{field}». يُرجى ترك أحدهما.",
    "error.import.columns_missing": "لا يُعرف أي عمود هو {fields}. يُرجى تحديده. أعمدة تحتمل أكثر من معنى: {doubtful}.",
    "error.import.no_such_order": "لا يمكن أن تُكتب الأيام «{given}». يُرجى الاختيار من: {known}.",
    "error.import.days_mixed": "في «{column}» يأتي اليوم أولًا أحيانًا والشهر أولًا أحيانًا. يُرجى تصحيح الملف.",
    "error.import.days_ambiguous": "في «{column}» لا شيء يبيّن هل يبدأ {example} باليوم أم بالشهر. يُرجى تحديد ذلك.",
    "error.import.no_header": "السطر الأول ليس رأس أعمدة. يُرجى تصدير الملف من جديد مع رأس.",
    "error.import.empty": "لا شيء في هذا الملف. يُرجى تصديره من جديد.",
    "error.import.too_many_columns": "في هذا الملف أكثر من {most} من الأعمدة. يُرجى تصدير عدد أقل.",
    "error.import.too_many_rows": "في هذا الملف أكثر من {most} من الصفوف. يُرجى إرساله على أجزاء.",
    "error.import.not_text": "هذا الملف ليس نصًّا يمكن قراءته. يُرجى تصديره بصيغة CSV وترميز UTF-8.",
    "error.import.spreadsheet": "هذا ملف خاص ببرنامج جداول. يُرجى حفظه هناك بصيغة CSV.",
    "error.import.utf_16": "هذا الملف مكتوب بترميز UTF-16. يُرجى حفظه بصيغة CSV وترميز UTF-8.",
    "error.import.line_too_long": (
        "السطر {row} أطول من {most} من الأحرف ولا نهاية له. يُرجى التحقق من أنه الملف الصحيح."
    ),
    "error.import.quotes": "ابتداءً من السطر {row} لا تتطابق علامات الاقتباس. يُرجى تصحيح السطر أو التصدير من جديد.",
    "error.pass.taken_over_before": "نُقل هذا الاشتراك «{title}» من قبل. يُرجى النظر في اشتراكات العضو.",
    "desk.import.verdict.NEW": "جديد",
    "desk.import.verdict.SAME": "كما كان",
    "desk.import.verdict.CHANGED": "متغيّر",
    "desk.import.verdict.PROBLEM": "لم يُؤخذ",
    "desk.import.not_a_day": "«{column}» هو {given} وليس يومًا. يُرجى كتابته هكذا: 2026-11-21.",
    "desk.import.not_a_clock": "«{column}» هو {given} وليس وقتًا. يُرجى كتابته هكذا: 18:30.",
    "desk.import.not_a_moment": "«{column}» هو {given} وليس يومًا مع وقت. يُرجى كتابته هكذا: 2026-11-21 18:30.",
    "desk.import.not_a_phone": "«{column}» هو {given} وليس رقم هاتف أو أفسده برنامج الجداول. يُرجى تصحيحه.",
    "desk.import.not_a_count": "«{column}» هو {given} وليس عددًا صحيحًا. يُرجى تصحيحه.",
    "desk.import.not_yes_or_no": "«{column}» هو {given} وليس نعم ولا لا. يُرجى تصحيحه.",
    "desk.import.not_a_pass_type": (
        "«{column}» هو {given} وليس نوع اشتراك. يُرجى كتابة PUNCH_PASS أو UNLIMITED_SERIES أو FULL_COURSE."
    ),
    "desk.import.not_a_language": (
        "«{column}» هو {given} ولا يُتكلم هنا. يُرجى كتابة en أو de أو fr أو es أو pl أو ar أو ترك العمود."
    ),
    "desk.import.formula": "«{column}» هو {given} وهي صيغة حسابية. يُرجى كتابة القيمة نفسها.",
    "desk.import.signs": "«{column}» هو {given} وفيه رموز ليست نصًّا. يُرجى كتابته من جديد.",
    "desk.import.too_many_cells": "في الصف خلايا أكثر من الأعمدة: {given}. ربما تنقص علامات اقتباس حول فاصلة.",
    "desk.import.row_twice": "السطر {row} عن الشيء نفسه. ولا يُحسب إلا هو.",
    "desk.import.no_identity": "دون معرّف أو بريد أو رقم لا يمكن التعرّف على هذا الصف من جديد. يُرجى إضافة أحدها.",
    "desk.import.email_of_several": "لعدة أعضاء البريد {email}. يُرجى تحديد المقصود بالمعرّف أو الرقم.",
    "desk.import.email_of_another": "لدى {name} البريد {email}. لكل عنوان عضو واحد. يُرجى تصحيح أحدهما.",
    "desk.import.number_of_another": "لدى {name} الرقم {number}. يُرجى تصحيح أحدهما.",
    "desk.import.member_unknown": "لا أحد هنا هو «{given}». يُرجى استيراد الأعضاء أولًا.",
    "desk.import.member_erased": "مُحي هذا العضو بطلبه ولا يعود بملف.",
    "desk.import.changes": "تغيّر الآن: {fields}.",
    "desk.import.known_here": "موجود هنا من قبل، بالرقم {number}.",
    "desk.import.left_alone": "مختلف في الملف أيضًا ولا يُغيَّر إلا يدويًّا: {fields}.",
    "desk.import.pass_changed": (
        "نُقل هذا الاشتراك من قبل ويقول الملف الآن غير ذلك. يبقى ما هو هنا. يُرجى تصحيحه يدويًّا."
    ),
    "desk.import.reservation_changed": (
        "نُقل هذا المكان من قبل ويقول الملف الآن غير ذلك. يبقى ما هو هنا. يُرجى تصحيحه يدويًّا."
    ),
    "desk.import.pass_over": "انتهى هذا الاشتراك أو نفد. لا يُنقل إلا ما لا يزال يتيح الدخول.",
    "desk.import.plan_unknown": (
        "لا نوع اشتراك باسم «{title}» ولا يذكر الملف ما يكفي لإنشائه. يُرجى إضافته أو إضافة عمود فيه النوع."
    ),
    "desk.import.plan_twice": "عدة أنواع اشتراك باسم «{title}». يُرجى ذكر النوع أو عدد الحصص المبيعة.",
    "desk.import.plan_of_another_type": "نوع الاشتراك «{title}» مختلف. يُرجى تصحيح الملف أو تغيير الاسم.",
    "desk.import.makes_plan": "يُنشأ لذلك نوع الاشتراك «{title}».",
    "desk.import.punches_missing": "«{title}» اشتراك بعدد حصص ولا يذكر الصف كم بقي منها. يُرجى إضافته.",
    "desk.import.punches_not_for_this": "«{title}» لا يُدفع بعدد الحصص ولكن الصف يذكر كم بقي. يُرجى تصحيح أحدهما.",
    "desk.import.session_not_said": "لا يذكر الصف أي حصة أو متى. يُرجى إضافة ذلك.",
    "desk.import.in_the_past": "مضى {when}. لا تُنقل إلا الأماكن المقبلة.",
    "desk.import.session_unknown": "لا توجد «{title}» في {when}. يُرجى إضافتها إلى التقويم أولًا.",
    "desk.import.session_twice": "توجد عدة «{title}» في {when}. يُرجى ذكر الموقع.",
    "desk.import.venue_unknown": "لا موقع باسم «{name}». يُرجى كتابته كما هو هنا.",
}
