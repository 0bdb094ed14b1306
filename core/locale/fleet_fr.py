"""La page des bornes et l'association sur les deux écrans, en français ; toujours « vous »."""

SENTENCES: dict[str, str] = {
    "desk.page.kiosks": "Bornes",
    "desk.fleet.lead": (
        "Comment va chaque borne. Celle qui ne donne pas de nouvelles continue seule d’enregistrer les arrivées."
    ),
    "desk.fleet.none": "Pas encore de borne",
    "desk.fleet.none.more": "Associez-en une : son écran demande un code, ou en lit l’image.",
    "desk.fleet.gone": "Plus en service",
    # one kiosk
    "desk.fleet.in_touch": "En contact",
    "desk.fleet.silent": "Sans nouvelles",
    "desk.fleet.calls": "Allez la voir",
    "desk.fleet.calls.more": "Sans nouvelles depuis {since}. Vérifiez son alimentation et son réseau.",
    "desk.fleet.heard": "Dernier contact",
    "desk.fleet.heard.never": "jamais",
    "desk.fleet.heard.now": "à l’instant",
    "desk.fleet.unsent": "Pas encore transmis",
    "desk.fleet.clock": "Horloge",
    "desk.fleet.clock.right": "à l’heure",
    "desk.fleet.clock.fast": "{length} d’avance",
    "desk.fleet.clock.slow": "{length} de retard",
    "desk.fleet.list": "Liste des membres",
    "desk.fleet.list.now": "à jour",
    "desk.fleet.list.old": "date de {length}",
    "desk.fleet.list.none": "pas encore",
    "desk.fleet.camera": "Caméra",
    "desk.fleet.disk": "Disque",
    "desk.fleet.disk.free": "{gigabytes} Go libres",
    "desk.fleet.disk.failing": "ne répond plus",
    "desk.fleet.answers": "Répond en",
    "desk.fleet.answers.ms": "{p50} ms, 19 fois sur 20 en {p95} ms",
    "desk.fleet.versions": "Tessera {tessera}, SQLite {sqlite}",
    "desk.fleet.unknown": "non communiqué",
    "desk.fleet.camera.WORKING": "voit",
    "desk.fleet.camera.STARTING": "démarre",
    "desk.fleet.camera.MISSING": "manque",
    "desk.fleet.camera.STALLED": "figée",
    "desk.fleet.camera.BLACK": "ne voit que du noir",
    "desk.fleet.camera.OFF": "pas de caméra",
    "desk.fleet.camera.source": "{state}, {source}",
    "desk.fleet.seconds.one": "{count} s",
    "desk.fleet.seconds.many": "{count} s",
    "desk.fleet.minutes.one": "{count} min",
    "desk.fleet.minutes.many": "{count} min",
    "desk.fleet.hours.one": "{count} h",
    "desk.fleet.hours.many": "{count} h",
    "desk.fleet.days.one": "{count} jour",
    "desk.fleet.days.many": "{count} jours",
    "desk.fleet.interrupted.one": "{count} carte est restée sans réponse lors du dernier arrêt.",
    "desk.fleet.interrupted.many": "{count} cartes sont restées sans réponse lors du dernier arrêt.",
    "desk.fleet.damaged": "Un fichier abîmé a été mis de côté : {file}",
    "desk.fleet.help": "Quelqu’un y demande de l’aide, numéro {number}.",
    "desk.fleet.forked": "Deux bornes parlent au nom de {name}",
    "desk.fleet.forked.more": (
        "Son disque a été copié, ou ramené à un jour antérieur. Les deux versions sont gardées, rien n’est "
        "perdu. Fermez cette borne, puis associez à nouveau la vraie."
    ),
    "desk.fleet.revoked": "Fermée {when}",
    "desk.fleet.retired": "Retirée {when}",
    # what can be done with one
    "desk.fleet.revoke": "Fermer",
    "desk.fleet.revoke.ask": (
        "Fermer {name} ? Elle n’interroge plus personne et oublie tous les membres. Ce qu’elle n’a pas "
        "transmis va dans « À traiter » et ne compte pas de lui-même."
    ),
    "desk.fleet.revoke.do": "Fermer cette borne",
    "desk.fleet.retire": "Retirer",
    "desk.fleet.retire.ask.none": (
        "Retirer {name} ? Plus aucune nuit ne l’attend. Elle a transmis tout ce qu’elle avait noté."
    ),
    "desk.fleet.retire.ask.one": (
        "Retirer {name} ? Plus aucune nuit ne l’attend. Elle garde encore {count} entrée qui peut être une arrivée."
    ),
    "desk.fleet.retire.ask.many": (
        "Retirer {name} ? Plus aucune nuit ne l’attend. Elle garde encore {count} entrées qui peuvent être "
        "des arrivées."
    ),
    "desk.fleet.retire.do": "Retirer cette borne",
    "desk.fleet.leave": "Ne rien changer",
    "desk.fleet.for_a_manager": "Associer, fermer et retirer des bornes revient aux responsables.",
    # pairing
    "desk.fleet.pair": "Associer une borne",
    "desk.fleet.pair.at": "Associer une borne à {venue}",
    "desk.fleet.pair.title": "Montrez ceci à la nouvelle borne de {venue}",
    "desk.fleet.pair.more": "Tenez l’image devant sa caméra, ou tapez le code sur son écran. Il sert une seule fois.",
    "desk.fleet.pair.left": "encore {clock}",
    "desk.fleet.pair.over": "Ce code est trop ancien. Veuillez en créer un autre.",
    "desk.fleet.pair.close": "Ranger le code",
    "desk.fleet.pair.qr": "Code d’association en image",
    "desk.fleet.waiting": "{name} veut devenir une borne de {venue}",
    "desk.fleet.waiting.more": "Son écran doit montrer le même signe. Est-ce le cas ?",
    "desk.fleet.waiting.yes": "Elle montre {sign} : associer",
    "desk.fleet.waiting.no": "Non, pas la nôtre",
    # what cannot be done
    "error.device.not_confirmed": (
        "L’équipe n’a pas encore confirmé cette borne. Comparez les signes sur les deux écrans."
    ),
    "error.device.turned_away": "L’équipe a dit non à cette borne. Si c’était une méprise, associez-la à nouveau.",
    "error.device.confirmed_too_late": "Personne n’a confirmé cette borne à temps. Veuillez créer un nouveau code.",
    "error.pairing.not_waiting": "Cette borne n’attend plus ici. Veuillez recharger la page.",
    # the kiosk's own screen
    "face.confirming.main": "Le navigateur montre-t-il {sign} ?",
    "face.confirming.more": "Alors ceci devient une borne de {organization}, {venue}.",
    "face.confirming.yes": "Oui, le même",
    "face.confirming.no": "Non",
    "face.confirming.waiting.main": "Confirmez dans le navigateur",
    "face.confirming.waiting.more": "La page Bornes doit montrer le même signe. Cet écran continue tout seul.",
    "face.pairing.A_CARD": "C’est une carte de membre. Montrez d’abord le code d’association.",
    "face.pairing.OTHER_CODE": "C’est un autre code. Montrez le code d’association de la page Bornes.",
    "face.pairing.TURNED_AWAY": "L’équipe a dit non dans le navigateur. Si c’était une méprise, créez un nouveau code.",
    "face.pairing.NOT_CONFIRMED": "Personne n’a confirmé à temps dans le navigateur. Veuillez créer un nouveau code.",
    "face.waiting.out_of_touch.one": "Sans contact depuis {time}. {count} visite reste à transmettre.",
    "face.waiting.out_of_touch.many": "Sans contact depuis {time}. {count} visites restent à transmettre.",
}
