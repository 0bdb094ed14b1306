"""Ce que Tessera dit en français : refus, impossibilités, états et étapes. D'abord ce qui s'est passé, puis que faire.

Choisi une fois pour toutes : « vous », sans accord de genre pour la personne à qui l'on parle.
"""

SENTENCES: dict[str, str] = {
    # refusals: what and do stand on a public screen, staff is for staff alone
    "refusal.NOT_A_MEMBERSHIP_CARD.what": "C’est un autre code.",
    "refusal.NOT_A_MEMBERSHIP_CARD.do": "Montrez votre carte de membre.",
    "refusal.NOT_A_MEMBERSHIP_CARD.staff": "Ce qui a été montré n’est pas une carte de membre.",
    "refusal.CARD_UNKNOWN.what": "Nous ne connaissons pas cette carte.",
    "refusal.CARD_UNKNOWN.do": "Appelez l’équipe, nous trouverons à qui elle est.",
    "refusal.CARD_UNKNOWN.staff": "Une carte bien formée, mais qui ne vient pas d’ici.",
    "refusal.CARD_NOT_ON_THIS_KIOSK.what": "Cette carte n’est pas encore sur cette borne.",
    "refusal.CARD_NOT_ON_THIS_KIOSK.do": "Appelez l’équipe : nous vous enregistrons par votre nom.",
    "refusal.CARD_NOT_ON_THIS_KIOSK.staff": (
        "La borne était sans réseau et sa liste ne connaît pas la carte. Enregistrez l’arrivée par le nom."
    ),
    "refusal.NO_MEMBER_LIST.what": "Cette borne n’a pas encore de liste des membres.",
    "refusal.NO_MEMBER_LIST.do": "Appelez l’équipe : nous vous enregistrons par votre nom.",
    "refusal.NO_MEMBER_LIST.staff": "La borne n’a jamais reçu de liste des membres. Il lui faut le réseau une fois.",
    "refusal.CARD_REPLACED.what": "Vous avez une carte plus récente.",
    "refusal.CARD_REPLACED.do": "Montrez la nouvelle, ou appelez l’équipe.",
    "refusal.CARD_REPLACED.staff": "Cette carte a été remplacée par une plus récente.",
    "refusal.CARD_REVOKED.what": "Quelqu’un arrive.",
    "refusal.CARD_REVOKED.do": "Attendez ici un instant.",
    "refusal.CARD_REVOKED.staff": "Cette carte a été bloquée. Regardez qui la tient.",
    "refusal.MEMBER_INACTIVE.what": "Quelqu’un arrive.",
    "refusal.MEMBER_INACTIVE.do": "Attendez ici un instant.",
    "refusal.MEMBER_INACTIVE.staff": "L’adhésion n’est pas active.",
    "refusal.SUSPENDED.what": "Quelqu’un arrive.",
    "refusal.SUSPENDED.do": "Attendez ici un instant.",
    "refusal.SUSPENDED.staff": "Suspension : ni arrivée ni réservation pour le moment.",
    "refusal.TOO_EARLY.what": "L’accueil n’est pas encore ouvert.",
    "refusal.TOO_EARLY.do": "Installez-vous et montrez votre carte à nouveau à l’ouverture.",
    "refusal.TOO_EARLY.staff": "Avant l’ouverture de l’accueil. L’équipe peut enregistrer toute la journée.",
    "refusal.TOO_LATE.what": "L’accueil est terminé.",
    "refusal.TOO_LATE.do": "Appelez l’équipe, nous verrons si c’est encore possible.",
    "refusal.TOO_LATE.staff": "Après la fermeture de l’accueil. L’équipe peut enregistrer toute la journée.",
    "refusal.NO_SESSION_TODAY.what": "Rien pour vous aujourd’hui.",
    "refusal.NO_SESSION_TODAY.do": "Appelez l’équipe, nous regarderons le planning ensemble.",
    "refusal.NO_SESSION_TODAY.staff": "Aucune séance ici aujourd’hui où ce membre puisse venir.",
    "refusal.OTHER_VENUE.what": "Votre place est à notre autre adresse.",
    "refusal.OTHER_VENUE.do": "Appelez l’équipe, nous vous indiquons le chemin.",
    "refusal.OTHER_VENUE.staff": "La réservation est pour une séance dans un autre lieu.",
    "refusal.SESSION_CANCELLED.what": "Nous sommes désolés : ce cours n’a pas lieu.",
    "refusal.SESSION_CANCELLED.do": "Rien n’est déduit de votre forfait. Appelez l’équipe pour une autre date.",
    "refusal.SESSION_CANCELLED.staff": "La séance a été annulée.",
    "refusal.NO_RESERVATION.what": "Ce cours est sur réservation.",
    "refusal.NO_RESERVATION.do": "Appelez l’équipe, nous verrons s’il reste une place.",
    "refusal.NO_RESERVATION.staff": "Pas de réservation, et ce type de cours en demande une.",
    "refusal.SESSION_FULL.what": "Toutes les places sont prises.",
    "refusal.SESSION_FULL.do": "Appelez l’équipe : une place se libère parfois.",
    "refusal.SESSION_FULL.staff": "Aucune place libre dans cette séance.",
    "refusal.NO_PASS.what": "Nous ne trouvons pas de forfait pour aujourd’hui.",
    "refusal.NO_PASS.do": "Appelez l’équipe, vous pouvez en avoir un tout de suite.",
    "refusal.NO_PASS.staff": "Ce membre n’a pas de forfait.",
    "refusal.PASS_NOT_FOR_THIS.what": "Votre forfait vaut pour d’autres cours.",
    "refusal.PASS_NOT_FOR_THIS.do": "Appelez l’équipe, nous trouverons une solution.",
    "refusal.PASS_NOT_FOR_THIS.staff": "Aucun forfait de ce membre ne couvre ce cours.",
    "refusal.PASS_NOT_YET_VALID.what": "Votre forfait commence plus tard.",
    "refusal.PASS_NOT_YET_VALID.do": "Appelez l’équipe, nous trouverons une solution.",
    "refusal.PASS_NOT_YET_VALID.staff": "Le forfait n’est pas encore valable au début de la séance.",
    "refusal.PASS_EXPIRED.what": "Votre forfait est terminé.",
    "refusal.PASS_EXPIRED.do": "Appelez l’équipe, vous pouvez le renouveler tout de suite.",
    "refusal.PASS_EXPIRED.staff": "Le forfait n’est plus valable au début de la séance.",
    "refusal.PASS_USED_UP.what": "Votre carnet est épuisé.",
    "refusal.PASS_USED_UP.do": "Appelez l’équipe, vous pouvez en avoir un autre tout de suite.",
    "refusal.PASS_USED_UP.staff": "Aucune entrée disponible : toutes sont utilisées ou gardées pour des réservations.",
    "refusal.PART_OUT_OF_ORDER.what": "Une autre partie de votre stage vient d’abord.",
    "refusal.PART_OUT_OF_ORDER.do": "Appelez l’équipe, nous trouverons une solution.",
    "refusal.PART_OUT_OF_ORDER.staff": "Des parties précédentes de ce stage restent à suivre.",
    "refusal.PART_ALREADY_TAKEN.what": "Vous avez déjà cette partie de votre stage.",
    "refusal.PART_ALREADY_TAKEN.do": "Appelez l’équipe, nous trouverons une solution.",
    "refusal.PART_ALREADY_TAKEN.staff": "Cette partie du stage a déjà été suivie ou réservée.",
    "refusal.CLOCK_UNSURE.what": "Cette borne n’est pas sûre de l’heure.",
    "refusal.CLOCK_UNSURE.do": "Appelez l’équipe : nous vous enregistrons par votre nom.",
    "refusal.CLOCK_UNSURE.staff": (
        "La borne était seule et pas sûre de l’heure : elle n’a laissé entrer personne sans réservation."
    ),
    "refusal.MEMBER_LIST_TOO_OLD.what": "Cette borne est sans connexion depuis trop longtemps.",
    "refusal.MEMBER_LIST_TOO_OLD.do": "Appelez l’équipe : nous vous enregistrons par votre nom.",
    "refusal.MEMBER_LIST_TOO_OLD.staff": "La borne était sans réseau plus longtemps qu’elle ne peut décider seule.",
    "refusal.OFFLINE_WALK_IN_LIMIT.what": "Sans connexion, cette borne ne voit pas ce qui reste sur votre forfait.",
    "refusal.OFFLINE_WALK_IN_LIMIT.do": "Appelez l’équipe : nous vous enregistrons par votre nom.",
    "refusal.OFFLINE_WALK_IN_LIMIT.staff": (
        "Ce forfait a déjà servi à entrer sans réservation aujourd’hui, alors que la borne était sans réseau."
    ),
    "refusal.SESSION_STARTED.what": "C’est déjà commencé.",
    "refusal.SESSION_STARTED.do": "Choisissez une autre date, ou demandez à l’accueil.",
    "refusal.SESSION_STARTED.staff": "La séance a commencé ; on ne peut plus y réserver ni rendre une place.",
    "refusal.ALREADY_RESERVED.what": "Vous avez déjà une place.",
    "refusal.ALREADY_RESERVED.do": "Venez simplement, et montrez votre carte.",
    "refusal.ALREADY_RESERVED.staff": "Ce membre a déjà une place dans cette séance.",
    "refusal.TOO_MANY_AHEAD.what": "Vous avez réservé autant de cours d’avance que votre forfait le permet.",
    "refusal.TOO_MANY_AHEAD.do": "Venez d’abord à l’un d’eux, ou rendez une place.",
    "refusal.TOO_MANY_AHEAD.staff": "Le forfait a autant de réservations d’avance qu’il en permet.",
    "refusal.CHOICE_NOT_MADE.what": "Aucun cours n’a été choisi.",
    "refusal.CHOICE_NOT_MADE.do": "Montrez votre carte à nouveau, et touchez votre cours.",
    "refusal.CHOICE_NOT_MADE.staff": "Plusieurs séances convenaient, et aucune n’a été touchée.",
    "refusal.UNDONE_BY_MEMBER.what": "Annulé.",
    "refusal.UNDONE_BY_MEMBER.do": "Montrez simplement votre propre carte.",
    "refusal.UNDONE_BY_MEMBER.staff": "Le membre a annulé l’arrivée à la borne.",
    "refusal.UNDONE_BY_STAFF.what": "L’équipe a annulé cette arrivée.",
    "refusal.UNDONE_BY_STAFF.do": "Veuillez demander à l’accueil.",
    "refusal.UNDONE_BY_STAFF.staff": "L’équipe a annulé l’arrivée.",
    "refusal.INTERRUPTED.what": "La borne a été interrompue.",
    "refusal.INTERRUPTED.do": "Montrez votre carte à nouveau.",
    "refusal.INTERRUPTED.staff": "La borne s’est arrêtée avant de pouvoir répondre.",
    # a reservation's states and the steps of its history
    "status.PENDING": "Réservé",
    "status.CHECKED_IN": "Arrivée enregistrée",
    "status.ATTENDED": "Présence",
    "status.NO_SHOW": "Absence",
    "status.CANCELLED": "Place rendue",
    "status.AUTO_CANCELLED": "Place reprise",
    "history.CREATED": "Réservé",
    "history.PENDING": "Réservé à nouveau",
    "history.CHECKED_IN": "Arrivée enregistrée",
    "history.CHECK_IN_UNDONE": "Arrivée annulée",
    "history.ATTENDED": "Présence",
    "history.NO_SHOW": "Absence",
    "history.CANCELLED": "Place rendue",
    "history.AUTO_CANCELLED": "Place reprise par le studio",
    "history.GIVEN_BACK": "Place remise à disposition",
    "history.REPLACED": "Remplacé par une place antérieure qui a servi",
    "history.HOLD_RELEASED": "Entrée qui n’est plus gardée",
    "history.SESSION_CANCELLED": "La séance a été annulée",
    "history.SUSPENDED": "Place reprise par une suspension",
    "history.AMNESTY": "Excusé : la borne était hors service",
    "method.SELF": "Par le membre",
    "method.STAFF": "Par l’équipe",
    "method.AUTO": "Par le studio",
    "pass_type.UNLIMITED_SERIES": "Série illimitée",
    "pass_type.PUNCH_PASS": "Carnet d’entrées",
    "pass_type.FULL_COURSE": "Stage complet",
    # printed on a card
    "card.member": "Membre",
    "card.since": "Depuis",
    "card.hold": "Tenir ici",
    "card.scale": "50 mm, à 100 %",
    # what cannot be done, and what would help
    "error.other": "Cela n’est pas possible. Demandez à la personne qui s’occupe de Tessera.",
    "error.time.zone_missing": "« {given} » ne dit pas dans quel fuseau horaire. Ajoutez-en un, comme Z ou +01:00.",
    "error.time.not_understood": (
        "« {given} » n’est pas une date avec heure. Écrivez-la ainsi : 2026-11-21T18:00:00+01:00."
    ),
    "error.time.zone_unknown": "Il n’y a pas de fuseau horaire « {given} ». Prenez un nom comme Europe/Berlin.",
    "error.time.ends_before_it_starts": "La fin n’est pas après le début. Vérifiez les deux heures.",
    "error.wire.not_understood": (
        "Ce qui a été envoyé ne peut pas être lu comme {kind}. Vérifiez que les deux côtés ont des versions "
        "qui vont ensemble."
    ),
    "error.settings.not_understood": "Le réglage {name} ne peut pas être « {given} ». Corrigez-le, puis redémarrez.",
    "error.kiosk.already_running": (
        "Une borne utilise déjà le dossier {folder}. Arrêtez-la d’abord, ou choisissez un autre dossier."
    ),
    "error.card.not_a_code": (
        "Ce n’est pas un code de carte : il a 29 caractères et commence par T1. Copiez-le en entier."
    ),
    "error.card.sheet_unknown": "Il n’y a pas de feuille nommée « {given} ». Choisissez a4 ou letter.",
    "error.organization.none": (
        "Il n’y a pas encore de studio dans cette base de données. `tessera demo` en crée un à regarder."
    ),
    "error.file.cannot_be_written": "{file} ne peut pas être écrit : {why}. Choisissez un autre endroit.",
    "error.organization.there_already": (
        "Il y a déjà un studio dans cette base de données. Un deuxième a besoin de la sienne."
    ),
    "error.job.unknown": "Il n’y a pas de tâche nommée « {given} ». Les tâches sont {known}.",
    "error.job.not_yet": (
        "{given} est encore à venir, et personne ne peut être jugé d’après cela. Indiquez un moment passé."
    ),
    "error.camera.not_usable": "La caméra ne peut pas servir ainsi. {why}",
    "error.venue.which": "Veuillez dire quel lieu : {known}.",
    "error.demo.folder_not_ours": (
        "Le dossier {folder} ne vient pas d’une démo, il reste donc tel quel. Choisissez-en un autre."
    ),
    "error.demo.not_a_folder": "{folder} n’est pas un dossier. Choisissez un autre endroit pour la démo.",
    "error.demo.port_taken": "Le port {port} est occupé. Choisissez-en un autre, ou arrêtez ce qui l’utilise.",
    "error.demo.process_fell": "{name} s’est arrêté tout seul. Son journal dit pourquoi : {log}",
    "error.demo.not_up": (
        "Rien ne répond à {address} après {seconds} secondes. Regardez les journaux dans le dossier de la démo."
    ),
    "error.field.missing": "« {field} » est vide. Veuillez le remplir.",
    "error.field.too_long": "« {field} » est trop long. Longueur maximale : {longest} caractères.",
    "error.field.not_understood": "« {field} » ne peut pas être {given}. Veuillez corriger.",
    "error.field.out_of_range": "« {field} » vaut {given}, et doit être entre {least} et {most}.",
    "error.member.not_found": "Ce membre n’est pas dans ce studio. Veuillez chercher à nouveau.",
    "error.member.email_taken": "{name} utilise déjà {email}. Prenez une autre adresse, ou ouvrez ce membre.",
    "error.member.number_taken": "Le numéro de membre {number} est pris. Choisissez-en un autre.",
    "error.venue.not_found": "Ce lieu n’existe pas ici. Choisissez-en un dans la liste.",
    "error.room.not_found": "Cette salle n’existe pas ici. Choisissez-en une dans la liste.",
    "error.instructor.not_found": "Cette personne n’enseigne pas ici. Choisissez quelqu’un dans la liste.",
    "error.class_type.not_found": "Ce type de cours n’existe pas ici. Choisissez-en un dans la liste.",
    "error.course.not_found": "Ce stage n’existe pas ici. Choisissez-en un dans la liste.",
    "error.course_part.not_found": "Ce stage n’a pas de partie {part}. Choisissez-en une autre.",
    "error.session.not_found": "Cette séance n’existe pas ici. Veuillez recharger la liste.",
    "error.session.room_in_another_venue": (
        "Cette salle est dans un autre lieu. Choisissez une salle du lieu de la séance."
    ),
    "error.session.course_without_part": (
        "Une séance de stage a besoin de son stage et de sa partie. Indiquez les deux, ou aucun."
    ),
    "error.reservation.not_found": "Cette réservation n’existe pas ici. Veuillez recharger la liste.",
    "error.reservation.step_not_allowed": (
        "Une réservation à l’état {before} ne peut pas passer à {after}. Rechargez-la et regardez où elle en est."
    ),
    "error.plan.not_found": "Cette formule n’existe pas ici. Choisissez-en une dans la liste.",
    "error.plan.retired": "« {title} » n’est plus en vente. Choisissez une autre formule.",
    "error.plan.punches_are_for_punch_passes": (
        "Un carnet a besoin d’un nombre d’entrées, et aucun autre forfait n’en a. Vérifiez le type."
    ),
    "error.plan.course_is_for_full_courses": (
        "Un forfait de stage complet a besoin de son stage, et aucun autre n’en a. Vérifiez le type."
    ),
    "error.pass.not_found": "Ce forfait n’existe pas ici. Veuillez rouvrir le membre.",
    "error.pass.is_not_punched": "« {title} » n’est pas un carnet : il n’a pas d’entrées à changer.",
    "error.pass.punches_not_there": "Entrées libres sur ce carnet : {available}. Prenez-en moins.",
    "error.suspension.not_found": "Cette suspension n’existe pas ici. Veuillez rouvrir le membre.",
    "error.suspension.is_over": "Cette suspension est déjà terminée. Il n’y a plus rien à lever.",
    "error.override.not_found": "Cette exception n’existe pas ici. Veuillez rouvrir le membre.",
    "error.override.cannot_lift": "{reason} ne peut pas être levé pour un temps. Supprimez-en la cause.",
    "error.override.too_long": "Une exception dure {days} jours au plus. Choisissez une fin plus proche.",
    "error.override.needs_a_person": (
        "Une exception est faite par une personne de l’équipe. Connectez-vous et faites-la là-bas."
    ),
    "error.staff.not_found": "Cette personne n’est pas dans l’équipe. Choisissez quelqu’un dans la liste.",
    "error.staff.unknown": "Cette personne n’est plus dans l’équipe, ou n’y a jamais été. Veuillez vous reconnecter.",
    "error.staff.may_not": "Le rôle {role} ne comprend pas cela. Demandez à un propriétaire du studio.",
    "error.staff.email_taken": "{email} appartient déjà à quelqu’un de l’équipe. Prenez une autre adresse.",
    "error.staff.last_owner": "{name} est le dernier propriétaire. Donnez d’abord ce rôle à quelqu’un d’autre.",
    "error.password.too_short": "Ce mot de passe est trop court. Il faut au moins {least} caractères.",
    "error.sign_in.wrong": "L’e-mail et le mot de passe ne vont pas ensemble. Veuillez réessayer.",
    "error.sign_in.needed": "Veuillez vous connecter.",
    "error.sign_in.wait": "Trop de mots de passe ont été essayés. Attendez quelques minutes, puis réessayez.",
    "error.api_token.unknown": "Ce jeton d’accès n’ouvre rien ici. Veuillez en créer un autre.",
    "error.api_token.not_found": "Ce jeton d’accès n’existe pas ici. Veuillez recharger la liste.",
    "error.organization.not_found": "Ce studio n’existe pas ici. Vérifiez duquel il s’agit.",
    "error.organization.which": "Il y a plus d’un studio ici. Veuillez dire lequel.",
    "error.pass.of_another_member": "Ce forfait appartient à quelqu’un d’autre. Veuillez rouvrir le membre.",
    "error.reservation.is_over": "Cette réservation est déjà à l’état {status} : elle ne peut plus être annulée.",
    "error.reservation.of_another_session": "Cette réservation est pour une autre séance. Veuillez recharger la liste.",
    "error.check_in.how_many": "Nommez au moins un membre ou une réservation, et {most} au plus à la fois.",
    "error.api_token.names_nobody": (
        "Enregistrer pour l’équipe demande le nom d’une personne. Envoyez staffId, ou prenez un jeton créé "
        "par quelqu’un de l’équipe."
    ),
    "error.time.span_too_long": "C’est une durée trop longue. Demandez {days} jours au plus à la fois.",
    "error.device.not_found": "Cette borne n’existe pas ici. Veuillez recharger la liste.",
    "error.card.not_found": "Cette carte n’existe pas ici. Veuillez rouvrir le membre.",
    "error.card.key_does_not_fit": (
        "La clé secrète de cette installation ne va pas avec les cartes gardées. Remettez la clé précédente."
    ),
    "error.card.colour_unreadable": "« {colour} » n’est pas une couleur. Écrivez-la ainsi : #a84a2a.",
    "error.card.letters_without_a_font": (
        "La carte du membre {member_number} a des lettres qu’aucune police d’ici ne sait dessiner : "
        "{letters} Écrivez-les autrement."
    ),
    "error.card.logo_unreadable": (
        "Le logo n’est pas une image que l’on peut dessiner. Prenez un PNG ou un JPEG de 16 mégapixels au plus."
    ),
    "error.card.none_to_print": "Il n’y a pas de carte à imprimer. Choisissez au moins un membre.",
    "error.undo.needs_a_reason": "Annuler une arrivée demande une raison. Veuillez en écrire une.",
    "error.visit.not_found": "Cette arrivée n’existe pas ici. Veuillez recharger la liste.",
    "error.attempt.not_found": "Ce passage n’existe pas ici. Veuillez recharger la liste.",
    "error.attempt.other_under_same_id": (
        "Autre chose a déjà été transmis sous cet identifiant. C’est gardé pour que quelqu’un le regarde."
    ),
    "error.attempt.of_another_device": (
        "Cette note appartient à une autre borne. Elle est gardée pour que quelqu’un la regarde."
    ),
    "error.attempt.proof_does_not_fit": (
        "La borne n’a pas pu montrer que la carte était vraiment là. C’est gardé pour que quelqu’un le regarde."
    ),
    "error.attempt.of_another_member": (
        "La borne a pris la carte pour celle de quelqu’un d’autre. C’est gardé pour que quelqu’un le regarde."
    ),
    "error.attempt.seq_taken": (
        "La borne a utilisé deux fois le numéro {seq}. C’est gardé pour que quelqu’un le regarde."
    ),
    "error.attempt.undone_is_unknown": (
        "Ce qui a été annulé n’est pas connu ici. C’est gardé pour que quelqu’un le regarde."
    ),
    "error.attempt.subject_is_unknown": (
        "Le membre ou la séance n’est pas connu ici. C’est gardé pour que quelqu’un le regarde."
    ),
    "error.attempt.reservation_is_not_theirs": (
        "La réservation appartient à quelqu’un d’autre. C’est gardé pour que quelqu’un le regarde."
    ),
    "error.attempt.visit_key_is_not_theirs": (
        "La visite appartient à quelqu’un d’autre. C’est gardé pour que quelqu’un le regarde."
    ),
    "error.attempt.cannot_be_asked": "Un passage du genre {kind} peut seulement être transmis, pas demandé.",
    "error.device.unknown": "Cette borne n’est pas connue ici. Veuillez l’associer à nouveau.",
    "error.device.revoked": "Cette borne a été fermée par l’équipe. Si ce n’était pas voulu, associez-la à nouveau.",
    "error.pairing.code_not_valid": (
        "Ce code d’association a déjà servi, est trop ancien ou mal tapé. Veuillez en créer un autre."
    ),
    "error.card.none_issued": "Le membre {member_number} n’a pas encore de carte. Créez-en d’abord une.",
    "error.http.failure": (
        "Quelque chose s’est cassé ici, et c’est noté. Donnez le numéro {reference} à la personne qui "
        "s’occupe de Tessera."
    ),
    "error.http.not_found": "Il n’y a rien à cette adresse. Comparez-la avec la liste des routes.",
    "error.http.not_allowed": "Cette adresse n’accepte pas cette méthode. Comparez avec la liste des routes.",
    "error.http.too_large": "C’est plus que ce qu’une requête peut contenir. Envoyez-le en plusieurs parties.",
    "error.http.other": "Cette requête ne peut pas recevoir de réponse. Vérifiez comment elle est faite.",
}
