"""Les lettres aux membres en français : ce qu’elles disent, celles dont on peut se passer, ce qui ne va pas."""

SENTENCES: dict[str, str] = {
    "letter.hello": "Bonjour {name},",
    "letter.footer": "{studio} vous écrit parce que vous en êtes membre.",
    "letter.unsubscribe": "Ne plus recevoir ce genre de courriel",
    "letter.page": "Ouvrir votre page",
    "letter.contest": "C’était autrement ? Dites-le sur votre page ou à l’accueil, et quelqu’un regardera.",
    "letter.when": "{moment} à {until}",
    "letter.fact.class": "Séance",
    "letter.fact.when": "Quand",
    "letter.fact.where": "Où",
    "letter.fact.with": "Avec",
    "letter.fact.from": "À partir du",
    "letter.fact.until": "Jusqu’au",
    "letter.fact.pass": "Forfait",
    "letter.fact.punches": "Entrées restantes",
    "letter.fact.reason": "Motif",
    "letter.fact.held_until": "Gardée pour vous jusqu’au",
    "letter.fact.missed": "Manqué",
    "letter.cannot_come": (
        "Si vous ne pouvez pas venir, libérez la place sur votre page : quelqu’un d’autre pourra la prendre."
    ),
    "letter.cannot_come.free_until": (
        "Si vous ne pouvez pas venir, libérez la place sur votre page. Jusqu’au {moment}, son entrée "
        "redevient libre aussitôt ; ensuite, seulement la nuit après la séance."
    ),
    "letter.cannot_come.late": (
        "Si vous ne pouvez pas venir, libérez quand même la place sur votre page. Son entrée redevient libre "
        "la nuit après la séance."
    ),
    "letter.punch.free": "Son entrée est de nouveau libre.",
    "letter.punch.waits": (
        "C’était tard : son entrée reste réservée jusqu’à la nuit après la séance, puis redevient libre."
    ),
    "letter.pass.new": "Vous en trouverez un nouveau à l’accueil.",
    "letter.RESERVED.subject": "Votre place : {title}, {day}",
    "letter.RESERVED.lead": "Votre place est réservée.",
    "letter.PLACE_BOOKED.subject": "Vous avez une place : {title}, {day}",
    "letter.PLACE_BOOKED.lead": "Une place s’est libérée et a été réservée pour vous, comme demandé.",
    "letter.GIVEN_BACK.subject": "Votre place est de nouveau valable : {title}, {day}",
    "letter.GIVEN_BACK.lead": (
        "Ce qui vous avait retiré cette place a été annulé, et elle était encore libre. Elle est de nouveau à vous."
    ),
    "letter.CANCELLED.subject": "Place libérée : {title}, {day}",
    "letter.CANCELLED.lead": "Votre place est libérée, et d’autres peuvent la prendre.",
    "letter.CANCELLED.staff": "Le studio a libéré votre place.",
    "letter.AUTO_CANCELLED.subject": "Plus réservé : {title}, {day}",
    "letter.AUTO_CANCELLED.lead": "Cette place n’est plus réservée pour vous.",
    "letter.AUTO_CANCELLED.absence": (
        "Une séance de ce forfait a été manquée et le délai pour l’expliquer est passé : cette place va à d’autres."
    ),
    "letter.AUTO_CANCELLED.pause": (
        "Réservations et entrée sont suspendues pour vous jusqu’au {moment} : cette place va à d’autres."
    ),
    "letter.AUTO_CANCELLED.PASS_PAUSED": (
        "Votre forfait {pass_title} est en pause à ce moment : cette place va à d’autres."
    ),
    "letter.AUTO_CANCELLED.PASS_CANCELLED": "Votre forfait {pass_title} a été annulé : cette place va à d’autres.",
    "letter.AUTO_CANCELLED.PASS_ENDED": (
        "Votre forfait {pass_title} se termine avant cette séance : cette place va à d’autres."
    ),
    "letter.SESSION_CANCELLED.subject": "Annulé : {title}, {day}",
    "letter.SESSION_CANCELLED.lead": "Nous sommes désolés : cette séance n’a pas lieu.",
    "letter.SESSION_CANCELLED.others": "Vous trouverez d’autres séances sur votre page.",
    "letter.WAITING_LEFT.subject": "Annulé : {title}, {day}",
    "letter.WAITING_LEFT.line": "Vous étiez sur la liste d’attente. Aucune place n’y est plus gardée ni proposée.",
    "letter.PLACE_OFFERED.subject": "Une place est libre : {title}, {day}",
    "letter.PLACE_OFFERED.lead": (
        "Vous êtes sur la liste d’attente, et une place s’est libérée. Elle vous est gardée un court moment."
    ),
    "letter.PLACE_OFFERED.else": "Si vous ne la prenez pas d’ici là, on demande à la personne suivante.",
    "letter.PLACE_OFFERED.button": "Prendre la place",
    "letter.OFFER_RAN_OUT.subject": "L’offre a expiré : {title}, {day}",
    "letter.OFFER_RAN_OUT.lead": (
        "La place qui vous était gardée est proposée à la personne suivante de la liste d’attente."
    ),
    "letter.NO_SHOW.subject": "Vous avez manqué : {title}, {day}",
    "letter.NO_SHOW_EXCUSED.subject": "Absence excusée : {title}, {day}",
    "letter.NO_SHOW_EXCUSED.lead": "Le studio a excusé votre absence.",
    "letter.NO_SHOW_EXCUSED.outage": (
        "Notre accueil automatique ne marchait pas à ce moment-là : votre absence est excusée."
    ),
    "letter.NO_SHOW_EXCUSED.back": "Elle ne compte pas. Ce qu’elle vous a coûté est rendu.",
    "letter.NO_SHOW_UNDONE.subject": "Vous étiez là : {title}, {day}",
    "letter.NO_SHOW_UNDONE.lead": (
        "Nous avions noté votre absence, et savons maintenant que vous étiez là. Nous en sommes désolés."
    ),
    "letter.NO_SHOW_UNDONE.back": (
        "La pénalité est retirée : l’absence ne compte plus, et ce qu’elle vous a coûté est rendu."
    ),
    "letter.NO_SHOW_UNDONE.punch": "L’entrée retirée est revenue sur {title}.",
    "letter.SUSPENDED.subject": "Réservations et entrée suspendues jusqu’au {day}",
    "letter.SUSPENDED.lead": "Pendant ce temps, vous ne pouvez ni réserver ni entrer.",
    "letter.SUSPENDED.night": (
        "Des séances ont été manquées sans prévenir : pendant ce temps, vous ne pouvez ni réserver ni entrer."
    ),
    "letter.SUSPENDED.places": "Vos places de cette période sont libérées, et leurs entrées aussi.",
    "letter.REINSTATED.subject": "Vous pouvez de nouveau réserver et entrer",
    "letter.REINSTATED.served": "La suspension est terminée.",
    "letter.REINSTATED.lifted": "La suspension a été levée.",
    "letter.REINSTATED.again": "Bon retour. Vos forfaits valent comme avant.",
    "letter.REMINDER.subject": "Rappel : {title}, {day}",
    "letter.REMINDER.lead": "Votre séance commence à {clock}.",
    "letter.REMINDER.door": "À la porte, présentez votre carte ou le code de votre page.",
    "letter.CHECK_IN_SOON.text": (
        "{studio} : {title} commence à {clock}. Pour entrer : votre carte, ou votre code sur {link}"
    ),
    "letter.LAST_CALL.text": (
        "{studio} : {title} commence à {clock}, vous n’êtes pas encore là. Vous ne venez pas ? Libérez la "
        "place : {link}"
    ),
    "letter.CHECKED_IN.subject": "Entrée enregistrée : {title}, {day}",
    "letter.CHECKED_IN.lead": "Votre entrée a été enregistrée à {clock}.",
    "letter.CHECKED_IN.not_you": "Ce n’était pas vous ? Dites-le à l’accueil.",
    "letter.PASS_RUNS_OUT.subject": "Votre forfait arrive à sa fin : {title}",
    "letter.PASS_RUNS_OUT.lead": "Il ne reste plus grand-chose sur ce forfait.",
    "letter.PASS_RAN_OUT.subject": "Votre forfait est terminé : {title}",
    "letter.PASS_RAN_OUT.lead": "Ce forfait ne paie plus de séances.",
    "letter.SIGN_IN_WANTED.subject": "Votre lien de connexion à {studio}",
    "letter.SIGN_IN_WANTED.lead": "Ce lien ouvre votre page. Il sert une fois, et jusqu’à {clock}.",
    "letter.SIGN_IN_WANTED.not_you": (
        "Si vous ne l’avez pas demandé, il n’y a rien à faire : sans lui, personne n’entre."
    ),
    "letter.SIGN_IN_WANTED.button": "Se connecter",
    "letter.DATA_WANTED.subject": "Vos données à {studio}",
    "letter.DATA_WANTED.lead": "La copie de vos données que vous avez demandée vous attend sur votre page.",
    "letter.group.REMINDERS": "Rappels avant une séance",
    "letter.group.CHECK_INS": "Confirmations d’une entrée",
    "letter.group.PASSES": "Nouvelles de vos forfaits",
    "letter.channel.MAIL": "par courriel",
    "letter.channel.SMS": "par SMS",
    "letter.stop.title": "Moins de courrier",
    "letter.stop.ask": "Faut-il que {studio} ne vous les envoie plus ?",
    "letter.stop.which": "{group}, {channel}",
    "letter.stop.do": "Ne plus envoyer",
    "letter.stop.done": "Vous ne recevrez plus :",
    "letter.stop.back": "Les envoyer à nouveau",
    "letter.stop.again": "Vous recevrez à nouveau :",
    "letter.stop.must": (
        "Ce que deviennent vos places, les pénalités et les liens de connexion sont toujours envoyés : "
        "personne ne doit les manquer."
    ),
    "letter.stop.none": "Ce lien n’ouvre rien",
    "letter.stop.none.more": "Prenez le lien au bas d’un courriel, ou demandez à l’accueil.",
    "letter.CONTEST_ANSWERED.subject": "Une réponse : {title}, {day}",
    "letter.CONTEST_ANSWERED.lead": (
        "Vous nous avez dit que c’était autrement. Quelqu’un a regardé, et l’absence est maintenue."
    ),
    "error.letter.not_found": "Cette lettre n’existe pas. Rechargez la liste.",
    "error.letter.on_its_way": "Cette lettre est encore en route. Attendez qu’elle soit partie.",
    "error.letter.emptied": "Rien n’est gardé du contenu de cette lettre. Faites-en écrire une nouvelle.",
    "error.letter.no_address": "Il n’y a pas d’adresse pour l’envoyer. Notez-en une chez le membre.",
    "error.letter.no_choice": (
        "« {group} » ne peut pas être choisi pour {channel}. Choisissez parmi ce qui est proposé."
    ),
    "error.letter.not_wanted": (
        "Ce membre ne veut pas de telles lettres. Demandez-lui d’abord ; cela se choisit sur sa page."
    ),
    "error.letter.link_unknown": "Ce lien n’ouvre rien. Prenez le lien au bas d’un courriel.",
}
