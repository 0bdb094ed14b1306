"""ما يُسمع فقط ولا يُقرأ، بالعربية. بلا أسماء، وبلا سبب لا ينبغي أن يسمعه الطابور."""

SENTENCES: dict[str, str] = {
    "spoken.on": (
        "الصوت يعمل. يمكن الانتقال بين الأزرار بمفتاح Tab أو بالأسهم، والاختيار بمفتاح Enter. المفتاح F8 "
        "يعيد القول، والمفتاح F2 يوقف الصوت."
    ),
    "spoken.off": "توقف الصوت.",
    "spoken.switched_on": "يعمل",
    "spoken.switched_off": "متوقف",
    "spoken.time": "{hour} و {minute}",
    "spoken.time.whole": "{hour} تمامًا",
    "spoken.not_yet": "يبدأ التسجيل الساعة {time}. يُرجى الجلوس، وعرض البطاقة مرة أخرى حينها.",
    "spoken.staff.number": "رقمك هو {count}.",
    "face.help.speech": "صوت",
    "face.help.slow": "ثلاثة أضعاف الوقت",
    "face.help.still": "دون حركة",
    "face.help.steps": "تنقّل تلقائي",
}
