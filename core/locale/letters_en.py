"""Letters to members in English: what they say, which of them one may do without, and what cannot be done."""

SENTENCES: dict[str, str] = {
    "letter.hello": "Hello {name},",
    "letter.footer": "{studio} writes to you because you are a member there.",
    "letter.unsubscribe": "No more mails like this one",
    "letter.page": "Open your page",
    "letter.contest": "Was it different? You can say so on your page or at the desk, and somebody will look at it.",
    "letter.when": "{moment} to {until}",
    "letter.fact.class": "Class",
    "letter.fact.when": "When",
    "letter.fact.where": "Where",
    "letter.fact.with": "With",
    "letter.fact.from": "From",
    "letter.fact.until": "Until",
    "letter.fact.pass": "Pass",
    "letter.fact.punches": "Punches left",
    "letter.fact.reason": "Reason",
    "letter.fact.held_until": "Held for you until",
    "letter.fact.missed": "Missed",
    "letter.cannot_come": (
        "If you cannot come, please give the place up on your page, so that somebody else can have it."
    ),
    "letter.cannot_come.free_until": (
        "If you cannot come, please give the place up on your page. Until {moment} its punch is free again at"
        " once; later only in the night after the class."
    ),
    "letter.cannot_come.late": (
        "If you cannot come, please give the place up on your page all the same. Its punch is free again in "
        "the night after the class."
    ),
    "letter.punch.free": "Its punch is free again.",
    "letter.punch.waits": (
        "It was late, so its punch stays set aside until the night after the class; then it is free again."
    ),
    "letter.pass.new": "You get a new one at the desk.",
    "letter.RESERVED.subject": "Your place: {title}, {day}",
    "letter.RESERVED.lead": "Your place is reserved.",
    "letter.PLACE_BOOKED.subject": "You have a place: {title}, {day}",
    "letter.PLACE_BOOKED.lead": "A place became free and was reserved for you, as you had asked.",
    "letter.GIVEN_BACK.subject": "Your place stands again: {title}, {day}",
    "letter.GIVEN_BACK.lead": (
        "What took this place away has been taken back, and it was still free. It is yours again."
    ),
    "letter.CANCELLED.subject": "Given up: {title}, {day}",
    "letter.CANCELLED.lead": "Your place is given up, and others can have it.",
    "letter.CANCELLED.staff": "The studio gave up your place.",
    "letter.AUTO_CANCELLED.subject": "No longer reserved: {title}, {day}",
    "letter.AUTO_CANCELLED.lead": "This place is no longer reserved for you.",
    "letter.AUTO_CANCELLED.absence": (
        "A class on this pass was missed and the time to explain has run out, so this place goes to others."
    ),
    "letter.AUTO_CANCELLED.pause": (
        "Reserving and checking in pause for you until {moment}, so this place goes to others."
    ),
    "letter.AUTO_CANCELLED.PASS_PAUSED": "Your pass {pass_title} is paused at that time, so this place goes to others.",
    "letter.AUTO_CANCELLED.PASS_CANCELLED": "Your pass {pass_title} was cancelled, so this place goes to others.",
    "letter.AUTO_CANCELLED.PASS_ENDED": "Your pass {pass_title} ends before this class, so this place goes to others.",
    "letter.SESSION_CANCELLED.subject": "Called off: {title}, {day}",
    "letter.SESSION_CANCELLED.lead": "We are sorry: this class does not take place.",
    "letter.SESSION_CANCELLED.others": "On your page you find other classes.",
    "letter.WAITING_LEFT.subject": "Called off: {title}, {day}",
    "letter.WAITING_LEFT.line": "You were on its waiting list. Nothing more is held or offered there.",
    "letter.PLACE_OFFERED.subject": "A place is free: {title}, {day}",
    "letter.PLACE_OFFERED.lead": (
        "You are on the waiting list, and a place became free. It is held for you for a short time."
    ),
    "letter.PLACE_OFFERED.else": "If you do not take it by then, the next on the list is asked.",
    "letter.PLACE_OFFERED.button": "Take the place",
    "letter.OFFER_RAN_OUT.subject": "The offer has run out: {title}, {day}",
    "letter.OFFER_RAN_OUT.lead": "The place that was held for you is offered to the next on the waiting list.",
    "letter.NO_SHOW.subject": "You were missed: {title}, {day}",
    "letter.NO_SHOW_EXCUSED.subject": "Excused: {title}, {day}",
    "letter.NO_SHOW_EXCUSED.lead": "The studio has excused your absence.",
    "letter.NO_SHOW_EXCUSED.outage": "Our check-in did not work at that time, so your absence is excused.",
    "letter.NO_SHOW_EXCUSED.back": "It does not count. Whatever it cost you is taken back.",
    "letter.NO_SHOW_UNDONE.subject": "You were there: {title}, {day}",
    "letter.NO_SHOW_UNDONE.lead": "We had noted that you did not come, and know now that you did. We are sorry.",
    "letter.NO_SHOW_UNDONE.back": (
        "The penalty is taken back: the absence counts no more, and what it cost you is yours again."
    ),
    "letter.NO_SHOW_UNDONE.punch": "The punch it took is back on {title}.",
    "letter.SUSPENDED.subject": "Reserving and checking in pause until {day}",
    "letter.SUSPENDED.lead": "For this time you cannot reserve or check in.",
    "letter.SUSPENDED.night": "Classes were missed without a word, so for this time you cannot reserve or check in.",
    "letter.SUSPENDED.places": "Places you had in that time are given up; their punches are free.",
    "letter.REINSTATED.subject": "You can reserve and check in again",
    "letter.REINSTATED.served": "The pause is over.",
    "letter.REINSTATED.lifted": "The pause has been lifted.",
    "letter.REINSTATED.again": "Welcome back. Your passes are good as before.",
    "letter.REMINDER.subject": "A reminder: {title}, {day}",
    "letter.REMINDER.lead": "Your class begins at {clock}.",
    "letter.REMINDER.door": "At the door, show your card or the code on your page.",
    "letter.CHECK_IN_SOON.text": (
        "{studio}: {title} begins at {clock}. For check-in: your card, or your code at {link}"
    ),
    "letter.LAST_CALL.text": (
        "{studio}: {title} begins at {clock} and you are not checked in yet. Not coming? Please give the "
        "place up: {link}"
    ),
    "letter.CHECKED_IN.subject": "Checked in: {title}, {day}",
    "letter.CHECKED_IN.lead": "You checked in at {clock}.",
    "letter.CHECKED_IN.not_you": "That was not you? Please tell us at the desk.",
    "letter.PASS_RUNS_OUT.subject": "Your pass runs out soon: {title}",
    "letter.PASS_RUNS_OUT.lead": "There is not much left on this pass.",
    "letter.PASS_RAN_OUT.subject": "Your pass has run out: {title}",
    "letter.PASS_RAN_OUT.lead": "This pass pays for no more classes.",
    "letter.SIGN_IN_WANTED.subject": "Your link to sign in at {studio}",
    "letter.SIGN_IN_WANTED.lead": "With this link you sign in to your page. It works once, and until {clock}.",
    "letter.SIGN_IN_WANTED.not_you": "If you did not ask for it, you need do nothing: without it nobody gets in.",
    "letter.SIGN_IN_WANTED.button": "Sign in",
    "letter.DATA_WANTED.subject": "Your data at {studio}",
    "letter.DATA_WANTED.lead": "The copy of your data that you asked for is ready on your page.",
    "letter.group.REMINDERS": "Reminders before a class",
    "letter.group.CHECK_INS": "Confirmations of a check-in",
    "letter.group.PASSES": "News of your passes",
    "letter.channel.MAIL": "by mail",
    "letter.channel.SMS": "by text message",
    "letter.stop.title": "Fewer letters",
    "letter.stop.ask": "Should {studio} send you no more of these?",
    "letter.stop.which": "{group}, {channel}",
    "letter.stop.do": "Send no more",
    "letter.stop.done": "You get no more of these:",
    "letter.stop.back": "Send them again after all",
    "letter.stop.again": "You get these again:",
    "letter.stop.must": (
        "What becomes of your places, penalties and links to sign in are always sent: nobody should miss them."
    ),
    "letter.stop.none": "This link opens nothing",
    "letter.stop.none.more": "Please take the link at the foot of a mail, or ask at the desk.",
    "letter.CONTEST_ANSWERED.subject": "An answer: {title}, {day}",
    "letter.CONTEST_ANSWERED.lead": (
        "You told us that it was different. Somebody looked at it, and the absence stands."
    ),
    "error.letter.not_found": "There is no such letter. Please load the list again.",
    "error.letter.on_its_way": "This letter is still on its way. Please wait until it was sent.",
    "error.letter.emptied": "Nothing is kept of what this letter said. Please let a new one be made.",
    "error.letter.no_address": "There is no address to send this to. Please enter one for the member.",
    "error.letter.no_choice": "“{group}” cannot be chosen for {channel}. Please choose among those that are offered.",
    "error.letter.not_wanted": (
        "The member does not want letters like this one. Please ask them first; they can choose it on their page."
    ),
    "error.letter.link_unknown": "This link opens nothing. Please take the link at the foot of a mail.",
}
