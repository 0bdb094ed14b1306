"""بطاقات الفريق وأرقامه السرية، بالعربية: ما لدى كل شخص، ومنح البطاقة وسحبها. الصيغة: «يُرجى» مع المصدر."""

SENTENCES: dict[str, str] = {
    # what cannot be done
    "error.staff_card.none": "ليست لدى {name} بطاقة فريق. يُرجى منح بطاقة أولًا.",
    "error.staff_card.letters_without_a_font": (
        "في بطاقة الفريق الخاصة بـ {name} حروف لا يرسمها أي خط هنا: {letters} يُرجى كتابتها بشكل آخر."
    ),
}
