"""Ce que les membres lisent sur leurs propres pages, en français."""

SENTENCES: dict[str, str] = {
    # the menu
    "my.page.home": "Aperçu",
    "my.page.month": "Calendrier",
    "my.page.sessions": "Réserver",
    "my.page.past": "Historique",
    "my.page.settings": "Réglages",
    "my.back": "Retour à l’aperçu",
    "my.when": "{day}, {span}",
    "my.of": "{count} sur {all}",
    # signing in
    "my.sign_in": "Se connecter",
    "my.sign_out": "Se déconnecter",
    "my.sign_in.lead": "Pour les membres. Saisissez votre adresse e-mail, nous vous envoyons un lien.",
    "my.sign_in.email": "Adresse e-mail",
    "my.sign_in.send": "Envoyer un lien",
    "my.sign_in.sent": "Consultez vos e-mails",
    "my.sign_in.sent.more": (
        "Si un membre a cette adresse, un e-mail est en route. Son lien est valable une fois, pendant 15 minutes."
    ),
    "my.sign_in.not_address": "Ce n’est pas encore une adresse e-mail. Vérifiez-la, s’il vous plaît.",
    "my.sign_in.wait": "Trop de liens ont été demandés. Réessayez dans {count} min.",
    "my.link.title": "Se connecter en tant que {name}",
    "my.link.more": "Chez {studio}, sur cet appareil. Vous restez connecté jusqu’à 90 jours sans visite.",
    "my.link.not_me": "Ce n’est pas vous ? Alors fermez cette page.",
    "my.link.over": "Ce lien est terminé",
    "my.link.over.more": "Il a servi, ou ses 15 minutes sont passées. Demandez-en un nouveau.",
    "my.gate.out": "Vous êtes déconnecté.",
    "my.gate.erased": "Vous êtes effacé ici. Plus rien ne dit qui vous étiez.",
    # the overview
    "my.hello": "Bonjour, {name}",
    "my.next": "Prochainement",
    "my.next.none": "Rien n’est réservé",
    "my.next.none.more": "Trouvez une séance : un geste, et la place est à vous.",
    "my.find": "Trouver une séance",
    "my.window.opens": "Début de l’enregistrement : {when}",
    "my.window.open": "Enregistrement ouvert, jusqu’à {until}",
    "my.window.in": "Vous êtes entré",
    "my.code": "À l’entrée",
    "my.code.show": "Montrer mon code",
    "my.code.put": "Mettre mon code sur ce téléphone",
    "my.code.more": "Votre carte ouvre la porte. Un code sur votre téléphone aussi, même sans réseau.",
    "my.code.put.more": "Un autre téléphone ? Mettez-y le code ; sur le précédent, il prend fin.",
    "my.passes": "Forfaits",
    "my.passes.none": "Pas de forfait en ce moment",
    "my.passes.none.more": "Vous pouvez en avoir un à l’accueil.",
    "my.pass.left": "Entrées restantes",
    "my.pass.held": "Gardées",
    "my.pass.ahead": "Réservées d’avance",
    "my.pass.attended": "Suivies",
    "my.pass.valid": "Validité",
    "my.pass.until": "jusqu’au {day}",
    "my.pass.from": "à partir du {day}",
    "my.pass.always": "sans fin",
    "my.part.of": "{title}, partie {part}",
    "my.part.attended": "Partie {part} : suivie",
    "my.part.reserved": "Partie {part} : réservée",
    "my.part.open": "Partie {part} : à réserver",
    "my.part.after": "La partie {part} s’ouvre dès que la partie {after} est réservée ou suivie.",
    "my.suspended": "Ni réservation ni entrée jusqu’à : {until}",
    "my.suspended.why": "Parce que personne n’est venu à ces séances, dont la place vous était gardée :",
    "my.suspended.do": "Ce n’est pas juste ? Dites-le à l’accueil, et on regardera.",
    # the month
    "my.month.title": "{month} {year}",
    "my.month.before": "Mois précédent",
    "my.month.after": "Mois suivant",
    "my.weekday.0": "Lun",
    "my.weekday.1": "Mar",
    "my.weekday.2": "Mer",
    "my.weekday.3": "Jeu",
    "my.weekday.4": "Ven",
    "my.weekday.5": "Sam",
    "my.weekday.6": "Dim",
    "my.mark.CAME": "Suivie",
    "my.mark.MISSED": "Manquée",
    "my.mark.RESERVED": "Réservée",
    "my.mark.GIVEN_UP": "Rendue",
    "my.mark.OPEN": "Places libres",
    "my.day.none": "Il n’y a rien ce jour-là.",
    # reserving
    "my.sessions.title": "Prendre une place",
    "my.sessions.days": "Jours",
    "my.sessions.earlier": "Avant",
    "my.sessions.later": "Après",
    "my.sessions.all": "Tous",
    "my.sessions.classes": "Quel cours",
    "my.sessions.none": "Rien ces jours-ci",
    "my.sessions.none.more": (
        "Ici figurent les séances que couvrent vos forfaits. Regardez plus loin, ou demandez à l’accueil."
    ),
    "my.free": "{count} sur {all} libres",
    "my.pays": "sur {title}",
    "my.pays.punch": "une entrée de {title} est gardée",
    "my.reserve": "Réserver",
    "my.wait.join": "Me mettre sur la liste d’attente",
    "my.wait.full": "Toutes les places sont prises. Attendez-en une, et nous vous écrirons quand elle sera libre.",
    "my.wait.position": "Vous attendez, numéro {position} de la liste",
    "my.wait.offered": "Une place vous est gardée jusqu’à {until}",
    "my.wait.take": "La prendre",
    "my.wait.leave": "Ne plus attendre",
    "my.told.waiting": "Vous êtes sur la liste. Nous vous écrirons quand une place sera libre.",
    "my.told.waiting_left": "Vous n’attendez plus.",
    "my.told.reserved": "C’est réservé. La place est à vous.",
    # why not
    "my.refused.MEMBER_INACTIVE": "Votre adhésion n’est pas active. Demandez à l’accueil.",
    "my.refused.SUSPENDED": "Vous êtes suspendu pour le moment. L’aperçu dit pourquoi et jusqu’à quand.",
    "my.refused.SESSION_CANCELLED": "Cette séance n’a pas lieu. Choisissez-en une autre.",
    "my.refused.SESSION_STARTED": "C’est commencé : rien ne peut plus être changé ici. Demandez à l’accueil.",
    "my.refused.ALREADY_RESERVED": "Vous y avez déjà une place.",
    "my.refused.SESSION_FULL": "Toutes les places sont prises. Revenez plus tard, parfois l’une se libère.",
    "my.refused.NO_PASS": "Il vous faut un forfait. Vous pouvez en avoir un à l’accueil.",
    "my.refused.PASS_NOT_FOR_THIS": "Vos forfaits valent pour d’autres séances.",
    "my.refused.PASS_NOT_YET_VALID": "Votre forfait commence après cette séance.",
    "my.refused.PASS_EXPIRED": "D’ici là, votre forfait sera terminé. Renouvelez-le à l’accueil.",
    "my.refused.PASS_PAUSED": (
        "Votre forfait est en pause à ce moment. Choisissez un jour plus tard, ou demandez à l’accueil."
    ),
    "my.refused.PASS_USED_UP": (
        "Toutes les entrées sont utilisées ou gardées. Rendez une place, ou prenez un nouveau carnet à l’accueil."
    ),
    "my.refused.PART_OUT_OF_ORDER": "Une partie précédente du stage vient d’abord.",
    "my.refused.PART_ALREADY_TAKEN": "Vous avez déjà cette partie, réservée ou suivie.",
    "my.refused.TOO_MANY_AHEAD": (
        "Vous avez réservé autant d’avance que le forfait le permet. Après la prochaine séance, vous pourrez "
        "réserver de nouveau."
    ),
    # one place
    "my.place.more": "Voir",
    "my.place.when": "Quand",
    "my.place.where": "Où et avec qui",
    "my.place.state": "État",
    "my.place.paid": "Sur quel forfait",
    "my.place.check_in": "S’enregistrer soi-même",
    "my.give_up": "Rendre cette place ?",
    "my.give_up.free": "Vous êtes à temps : la place et son entrée sont libres aussitôt.",
    "my.give_up.nothing": "La place est aussitôt libre pour d’autres. Rien n’est pris sur votre forfait.",
    "my.give_up.late": (
        "C’est tard : la place est aussitôt libre, mais son entrée reste gardée jusqu’à la nuit. Si vous venez "
        "quand même, elle servira."
    ),
    "my.give_up.sure": "Oui, la rendre",
    "my.give_up.not": "La garder",
    "my.told.given_up": "C’est rendu. Ce qui était gardé est libre à nouveau.",
    "my.told.given_up_late": "C’est rendu. L’entrée reste gardée jusqu’à la nuit.",
    # the past
    "my.past.came": "Séances suivies",
    "my.past.came.none": "Rien encore.",
    "my.past.missed": "Séances manquées",
    "my.past.missed.none": "Rien n’a été manqué.",
    "my.came.at": "Entrée à {clock}",
    "my.state.STANDS": "Maintenue",
    "my.state.UNCONFIRMED": "Pas certaine",
    "my.state.CONTESTED": "À l’examen",
    "my.contest": "J’étais là",
    "my.contest.words": "Que s’est-il passé ?",
    "my.contest.send": "Le dire au studio",
    "my.told.contested": "C’est dit. Le studio regarde et vous répond.",
    "my.state.EXCUSED": "Excusée",
    "my.state.UNDONE": "Annulée",
    # settings
    "my.settings.language": "Les pages, les e-mails et les bornes vous parlent dans cette langue.",
    "my.told.language": "Désormais, nous parlons cette langue.",
    "my.settings.calendar": "Votre calendrier sur votre téléphone",
    "my.settings.calendar.more": (
        "Abonnez-vous à cette adresse, et votre téléphone montre vos places. Qui la connaît les voit ; une "
        "nouvelle adresse met fin à l’ancienne."
    ),
    "my.settings.calendar.open": "Ouvrir dans un calendrier",
    "my.settings.calendar.new": "Nouvelle adresse",
    "my.told.calendar": "Il y a une nouvelle adresse. L’ancienne ne montre plus rien.",
    "my.settings.letters": "Ce que nous vous écrivons",
    "my.settings.letters.more": "Ce qui arrive à vos places, et toute pénalité, vous est toujours dit.",
    "my.settings.letters.keep": "Garder ainsi",
    "my.told.letters": "C’est noté. Désormais, nous écrivons ainsi.",
    "my.settings.browsers": "Où vous êtes connecté",
    "my.settings.browsers.more": "Un téléphone perdu ? Déconnectez-vous partout.",
    "my.settings.everywhere": "Se déconnecter partout",
    "my.settings.data": "Vos données",
    "my.settings.data.more": (
        "Emportez tout ce qui figure ici sur vous, ou faites-vous effacer. Pour les deux, il faut s’être connecté "
        "dans les 15 dernières minutes."
    ),
    "my.settings.export": "Emporter mes données",
    "my.fresh": "Pour cela, reconnectez-vous : la dernière fois remonte à plus de 15 minutes.",
    "my.erase": "M’effacer",
    "my.erase.goes": (
        "Ce qui part : votre nom, vos adresses, votre date de naissance, votre langue, les e-mails, et ce qu’on a "
        "écrit sur vous. Vos cartes et codes n’ouvrent plus rien, vos places sont libres pour d’autres, et ce qui "
        "reste sur vos forfaits est perdu."
    ),
    "my.erase.stays": (
        "Ce qui reste : combien de fois quelqu’un est venu et avec quoi c’était payé, sans nom, pour les comptes "
        "du studio. On ne peut pas revenir en arrière."
    ),
    "my.erase.on": "Continuer",
    "my.erase.really": "Vraiment ? Après cela, personne ne peut vous rétablir, pas même le studio.",
    "my.erase.sure": "Oui, m’effacer",
    "my.erase.no": "Non, ne rien changer",
    # the file with one’s data
    "my.data.title": "Ce que {studio} conserve sur {name}",
    "my.data.made": "Établi le {day}. Les heures sont en UTC, les colonnes portent les noms de la base.",
    "my.data.table.members": "Vous",
    "my.data.table.passes": "Forfaits",
    "my.data.table.punches": "Entrées",
    "my.data.table.cards": "Cartes",
    "my.data.table.reservations": "Réservations",
    "my.data.table.visits": "Visites",
    "my.data.table.no_shows": "Absences notées",
    "my.data.table.suspensions": "Périodes de suspension",
    "my.data.table.letters": "Messages envoyés",
    # what cannot be
    "error.portal.link_over": (
        "Ce lien est terminé : il a servi, ou ses 15 minutes sont passées. Demandez-en un nouveau."
    ),
    "error.portal.wait": "Trop de liens ont été demandés. Réessayez plus tard : {until}.",
    "error.portal.no_address": "{name} n’a pas d’adresse e-mail ici, ou n’est plus membre. Notez d’abord une adresse.",
    "error.portal.sign_in_needed": "Connectez-vous d’abord : faites envoyer un lien à votre adresse e-mail.",
    "error.portal.sign_in_again": "Pour cela, reconnectez-vous : la dernière fois remonte à plus de 15 minutes.",
    "error.portal.themselves": "Seul le membre peut le faire, sur sa propre page.",
    "error.portal.no_page": "Il n’y a pas de page à cette adresse. Le menu mène à toutes celles qui existent.",
    "error.portal.no_calendar": (
        "Il n’y a plus de calendrier à cette adresse. Les réglages de votre page montrent l’actuelle."
    ),
    "error.member.erased": (
        "Ce membre a été effacé, et plus rien ici ne dit qui c’était."
        " Si la personne revient, veuillez l’ajouter comme nouveau membre."
    ),
    # a month that stands alone
    "desk.month.alone.1": "Janvier",
    "desk.month.alone.2": "Février",
    "desk.month.alone.3": "Mars",
    "desk.month.alone.4": "Avril",
    "desk.month.alone.5": "Mai",
    "desk.month.alone.6": "Juin",
    "desk.month.alone.7": "Juillet",
    "desk.month.alone.8": "Août",
    "desk.month.alone.9": "Septembre",
    "desk.month.alone.10": "Octobre",
    "desk.month.alone.11": "Novembre",
    "desk.month.alone.12": "Décembre",
}
