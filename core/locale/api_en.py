"""The API's answers to programs, and the page of codes, in English."""

SENTENCES: dict[str, str] = {
    "error.api.version_unknown": "There is no version “{given}” of this API. Leave the header away, or send {known}.",
    "error.http.not_readable": "This request cannot be read. Please check how it was made.",
    "error.body.not_json": (
        "This is not JSON, or does not say so. Please send JSON, with Content-Type: application/json."
    ),
    "error.field.unknown": "There is no field “{field}” here. Please check its name.",
    "error.idempotency.other_request": (
        "This Idempotency-Key was sent with another request before. Please use a new key for each request."
    ),
    "error.idempotency.still_running": "The same request is being done just now. Please ask again in a moment.",
    "error.idempotency.answer_lost": (
        "This request was begun and at least partly done, but its answer is lost. Please look at how things are "
        "before you send it with a new key."
    ),
    "error.idempotency.key_not_understood": (
        "An Idempotency-Key has 1 to 255 visible characters of ASCII. Please send another."
    ),
    "error.cursor.not_understood": "This cursor belongs to no list here. Please begin again without it.",
    "error.api_token.scope": "This access token does not cover {scope}. Please make one that does.",
    "error.api_token.makes_none": "An access token like this one makes no others. Please sign in and make it there.",
    "error.api_token.lasts": (
        "An access token lasts up to {days} days, and ends later than now. Please choose another end."
    ),
    "error.api_token.member_inactive": "This member does not belong any more. Please make them active first.",
    "error.request.from_elsewhere": (
        "This change was asked for by a page of another site. Please use the studio's own pages, or a token."
    ),
    # in one line, what kind of no it is
    "api.problem.400": "Not readable",
    "api.problem.401": "Not signed in",
    "api.problem.403": "Not allowed",
    "api.problem.404": "Not found",
    "api.problem.405": "Method not allowed",
    "api.problem.409": "Not as things are",
    "api.problem.413": "Too large",
    "api.problem.422": "Not understood",
    "api.problem.429": "Too often",
    "api.problem.500": "Out of order",
    "api.problem.503": "Not just now",
    "api.problem.refusal": "An everyday no",
    "api.problem.other": "Not possible",
    "api.codes.title": "Codes and what they mean",
    "api.codes.lead": (
        "Every no has a code that never changes, and a sentence that says what happened and what to do. "
        "Programs go by the code; people read the sentence."
    ),
    "api.codes.code": "Code",
    "api.codes.sentence": "What happened, and what to do",
}
