"""Staff's cards and PINs in English: what each of them has, giving one, taking it away."""

SENTENCES: dict[str, str] = {
    "desk.page.staff": "Staff",
    # the page of staff
    "desk.staff.lead": "With a card and a PIN somebody is staff at every kiosk, even while the network is down.",
    "desk.staff.lead.more": "Nobody can look a PIN up. It can only be set anew.",
    "desk.staff.for_an_owner": "An owner gives staff cards and sets anybody's PIN. Your own PIN is yours to set.",
    "desk.staff.you": "This is you",
    "desk.staff.role.OWNER": "Owner",
    "desk.staff.role.MANAGER": "Manager",
    "desk.staff.role.FRONT_DESK": "Front desk",
    "desk.staff.role.INSTRUCTOR": "Instructor",
    "desk.staff.ready": "Ready for kiosks",
    "desk.staff.card": "Staff card",
    "desk.staff.card.given": "Given {moment}",
    "desk.staff.card.none": "None",
    "desk.staff.pin": "PIN",
    "desk.staff.pin.set": "Set",
    "desk.staff.pin.none": "None",
    "desk.staff.pin.newer_card": "To be set for the new card",
    "desk.staff.pin.over": "Tried too often: set a new one",
    # a card: given, printed, taken away
    "desk.staff.give": "Give a card",
    "desk.staff.give.again": "Give a new card",
    "desk.staff.give.sure": "The card that {name} has now opens nothing any more, and the PIN has to be set again.",
    "desk.staff.give.do": "Yes, a new card",
    "desk.staff.given": "{name} has a new card. Print it, then set the PIN.",
    "desk.staff.print": "Print the card",
    "desk.staff.take": "Take it away",
    "desk.staff.take.sure": "Each kiosk stops taking the card of {name} as soon as it hears from the server.",
    "desk.staff.take.because": "Why",
    "desk.staff.take.hint": "Lost on the way home",
    "desk.staff.take.missing": "Please write why. It is kept with the card.",
    "desk.staff.take.do": "Take the card away",
    "desk.staff.taken": "{name} has no card any more.",
    # a PIN
    "desk.staff.set": "Set the PIN",
    "desk.staff.set.new": "New PIN, six digits",
    "desk.staff.set.again": "The same once more",
    "desk.staff.set.differ": "These two are not the same. Please type both again.",
    "desk.staff.set.do": "Keep this PIN",
    "desk.staff.set.done": "The PIN of {name} is set.",
    "desk.staff.leave": "Leave it",
    # what cannot be done
    "error.staff.no_such_email": "Nobody on the team signs in with {email}. Please check the address.",
    "error.staff_card.not_a_picture": "A staff card is drawn as FILE.pdf or FILE.png, and {file} is neither.",
    "error.staff_card.none": "{name} has no staff card. Please give one first.",
    "error.staff_card.letters_without_a_font": (
        "The staff card of {name} has letters that no font here can draw: {letters} Please write them otherwise."
    ),
}
