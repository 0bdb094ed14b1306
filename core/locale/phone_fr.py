"""La page de code d'un membre, les cartes à durée limitée et une carte copiée, en français ; toujours « vous »."""

SENTENCES: dict[str, str] = {
    # refusals
    "refusal.PHONE_CODE_OLD.what": "Ce code n’est plus valable.",
    "refusal.PHONE_CODE_OLD.do": "Rouvrez votre page de code.",
    "refusal.PHONE_CODE_OLD.staff": (
        "Un code de téléphone d’un autre moment : une photo, ou un téléphone dont l’horloge est décalée."
    ),
    "refusal.CARD_EXPIRED.what": "Cette carte n’est plus valable.",
    "refusal.CARD_EXPIRED.do": "Montrez votre propre carte, ou appelez l’équipe.",
    "refusal.CARD_EXPIRED.staff": "Une carte provisoire, ou un lien vers une page de code, dont le temps est passé.",
    "face.no.PHONE_CODE_OLD.main": "Ce code n’est plus valable",
    "face.no.PHONE_CODE_OLD.more": (
        "Il change toutes les demi-minutes : une photo de ce code n’ouvre donc pas la porte."
    ),
    "face.no.PHONE_CODE_OLD.do": "Rouvrez votre page de code.",
    "face.no.CARD_EXPIRED.main": "Cette carte n’est plus valable",
    "face.no.CARD_EXPIRED.more": "Elle était prêtée pour un temps, qui est passé.",
    "face.no.CARD_EXPIRED.do": "Montrez votre propre carte, ou appelez l’équipe.",
    "desk.inbox.dispute.CARD_EXPIRED": "Visite de {who} à {session} avec une carte dont le temps était passé.",
    "desk.inbox.dispute.PHONE_CODE_OLD": "Visite de {who} à {session} avec un code de téléphone d’un moment antérieur.",
    # the code page
    "phone.title": "Votre code",
    "phone.of": "{name}, {studio}",
    "phone.show": "Tenez-le devant la caméra à l’entrée.",
    "phone.next": "Nouveau code dans {seconds} secondes",
    "phone.awake": (
        "L’écran reste allumé tant que cette page est ouverte. Augmentez sa luminosité si la caméra est lente."
    ),
    "phone.offline": "Fonctionne sans réseau.",
    "phone.until": "Cette page est valable jusqu’au {day}.",
    "phone.picture": "Le code sur votre téléphone",
    "phone.wait": "Un instant, s’il vous plaît.",
    "phone.wait.more": "Votre code est en cours de calcul.",
    "phone.none": "Rien n’est ouvert ici",
    "phone.none.more": "Ouvrez le lien que le studio vous a donné, ou scannez à nouveau son image.",
    "phone.over": "Ce lien est terminé",
    "phone.over.more": "Il a été remplacé, ou son temps est passé. Demandez-en un nouveau à l’accueil.",
    "phone.lost": "Pas de réseau",
    "phone.lost.more": "Cette page doit être chargée une fois avec le réseau. Elle réessaie d’elle-même.",
    "phone.insecure": "Cette page demande une adresse sûre",
    "phone.insecure.more": "Son adresse doit commencer par https. Dites-le à l’accueil.",
    "phone.renew": "Connectez-vous un moment au réseau pour que vos codes continuent.",
    # staff give a link or a temporary card
    "desk.card.title": "Cartes",
    "desk.card.of": "Cartes de {name}",
    "desk.card.printed": "Carte",
    "desk.card.phone": "Page de code sur téléphone",
    "desk.card.temporary": "Carte provisoire",
    "desk.card.since": "depuis {day}",
    "desk.card.good_until": "valable jusqu’à {moment}",
    "desk.card.active": "En service",
    "desk.card.expired": "Expirée",
    "desk.card.replaced": "Remplacée",
    "desk.card.revoked": "Bloquée",
    "desk.card.copied": "Montrée à deux endroits à la fois",
    "desk.card.none": "Pas encore de carte.",
    "desk.card.lend": "Carte provisoire",
    "desk.card.lend.more": "Valable jusqu’à ce soir, pour qui a laissé sa carte à la maison.",
    "desk.card.link": "Page de code pour téléphone",
    "desk.card.link.more": "Un lien pour ce membre seul. Le lien précédent prend fin.",
    "desk.card.replace": "Remplacer",
    "desk.card.block": "Bloquer",
    "desk.card.print": "Imprimer",
    "desk.card.done": "Terminé",
    "desk.card.link.title": "Page de code de {name}",
    "desk.card.link.scan": "Faites scanner ceci avec le téléphone. C’est montré une seule fois.",
    "desk.card.link.good": "Valable jusqu’au {day}. Qui a le lien a la carte.",
    "desk.card.lent.title": "Carte de {name} pour aujourd’hui",
    "desk.card.lent.show": "On peut la photographier ou l’imprimer.",
    "desk.card.lent.good": "Valable jusqu’à {moment}. Sa propre carte continue de marcher.",
    "desk.card.picture": "Le code en image",
    # on the print
    "card.temporary": "Carte provisoire",
    "card.temporary.label": "Provisoire, jusqu’à",
    "card.temporary.until": "Valable jusqu’à {moment}",
    # the kiosk's printer
    "print.no_printer": "Aucune imprimante n’est réglée ici. Montrez le code à l’écran.",
    "print.not_found": (
        "Cette machine ne peut pas imprimer : le système d’impression n’est pas installé. Montrez le code à l’écran."
    ),
    "print.unknown_printer": (
        "L’imprimante {name} n’est pas connue ici. Vérifiez son nom dans les réglages de la borne."
    ),
    "print.too_slow": "L’imprimante ne répond pas. Vérifiez qu’elle est allumée, ou montrez le code à l’écran.",
    "print.refused": "L’imprimante ne l’a pas accepté : {why}",
    # a card at two places
    "desk.inbox.copied.one": "La carte de {who} a été montrée à {one} et à {other} en {count} minute.",
    "desk.inbox.copied.many": "La carte de {who} a été montrée à {one} et à {other} en {count} minutes.",
    "desk.inbox.copied.now": "Personne ne va si vite de l’un à l’autre. Elle a peut-être été copiée, ou prêtée.",
    "desk.inbox.copied.otherwise": "La carte continue de marcher à chaque porte.",
    "desk.inbox.way.new-card": "Donner une nouvelle carte",
    "desk.inbox.price.new_card": "L’ancienne n’ouvre plus rien",
    "desk.inbox.price.new_link": "L’ancien lien prend fin ; créez-en un autre, téléphone en main",
    "desk.inbox.reason.copied-card.1": "Nous en avons parlé",
    "desk.inbox.reason.copied-card.2": "Carte prêtée",
    "desk.inbox.reason.copied-card.3": "Perdue ou photographiée",
    "desk.inbox.kind.copied-card": "Carte copiée",
    # what cannot be done
    "error.phone_link.not_found": "Ce lien n’existe pas. Veuillez recharger la page.",
    "error.phone_link.over": "Ce lien est terminé. Demandez-en un nouveau à l’accueil.",
    "error.card.lent_too_short": (
        "Une carte provisoire doit encore être valable un moment. Choisissez un moment plus tardif."
    ),
    "error.card.lent_too_long": "Une carte provisoire est valable {days} jours au plus.",
}
