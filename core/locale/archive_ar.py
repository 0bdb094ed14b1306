"""ما يُقال عن المحاولات القديمة المحفوظة في الأرشيف، بالعربية."""

SENTENCES: dict[str, str] = {
    "error.archive.month_not_found": (
        "لا شيء محفوظ هنا من {month}. يسرد الأمر `tessera archive list` الأشهر الموجودة."
    ),
    "error.archive.attempt_not_found": "لا توجد هنا محاولة {id}. يرجى التحقق من المعرّف.",
}
