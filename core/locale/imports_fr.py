"""Ce qui est dit des fichiers d’un autre système, en français."""

SENTENCES: dict[str, str] = {
    "error.import.no_such_kind": "Les lignes ne peuvent pas être « {given} ». Choisissez parmi : {known}.",
    "error.import.no_such_system": (
        "Les colonnes de « {given} » ne sont pas connues ici. Choisissez parmi {known}, ou rien."
    ),
    "error.import.no_such_column": (
        "Il n’y a pas une seule colonne « {column} » dans ce fichier. Ses colonnes sont : {known}."
    ),
    "error.import.no_such_field": "Une colonne ne peut pas être « {field} ». Choisissez parmi : {known}.",
    "error.import.no_such_choice": "« {given} » ne dit pas quelle colonne est quoi. Écrivez COLONNE=CHAMP.",
    "error.import.field_twice": "Deux colonnes ne peuvent pas être toutes deux « {field} ». Laissez-en une de côté.",
    "error.import.columns_missing": (
        "Aucune colonne n’est reconnue comme {fields}. Veuillez dire laquelle l’est. Colonnes ambiguës : {doubtful}."
    ),
    "error.import.no_such_order": "Les jours ne peuvent pas être écrits « {given} ». Choisissez parmi : {known}.",
    "error.import.days_mixed": (
        "Dans « {column} », certaines dates commencent par le jour, d’autres par le mois. Veuillez corriger le fichier."
    ),
    "error.import.days_ambiguous": (
        "Dans « {column} », rien ne dit si {example} commence par le jour ou par le mois. Veuillez le préciser."
    ),
    "error.import.no_header": (
        "La première ligne n’est pas un en-tête de colonnes. Exportez le fichier à nouveau avec un en-tête."
    ),
    "error.import.empty": "Il n’y a rien dans ce fichier. Exportez-le à nouveau.",
    "error.import.too_many_columns": "Ce fichier a plus de {most} colonnes. Exportez-en moins.",
    "error.import.too_many_rows": "Ce fichier a plus de {most} lignes. Envoyez-le en plusieurs parties.",
    "error.import.not_text": "Ce fichier n’est pas un texte lisible. Exportez-le en CSV, en UTF-8.",
    "error.import.spreadsheet": "C’est le fichier propre d’un tableur. Enregistrez-le en CSV depuis le tableur.",
    "error.import.utf_16": "Ce fichier est écrit en UTF-16. Enregistrez-le en CSV, en UTF-8.",
    "error.import.line_too_long": (
        "La ligne {row} a plus de {most} caractères et pas de fin. Vérifiez que c’est le bon fichier."
    ),
    "error.import.quotes": (
        "À partir de la ligne {row}, les guillemets ne se correspondent pas. Corrigez la ligne, ou exportez à nouveau."
    ),
    "error.pass.taken_over_before": "Ce forfait, « {title} », a déjà été repris. Consultez les forfaits du membre.",
    "desk.import.verdict.NEW": "Nouveau",
    "desk.import.verdict.SAME": "Comme avant",
    "desk.import.verdict.CHANGED": "Modifié",
    "desk.import.verdict.PROBLEM": "Non repris",
    "desk.import.not_a_day": "« {column} » vaut {given}, ce qui n’est pas un jour. Écrivez-le ainsi : 2026-11-21.",
    "desk.import.not_a_clock": "« {column} » vaut {given}, ce qui n’est pas une heure. Écrivez-la ainsi : 18:30.",
    "desk.import.not_a_moment": (
        "« {column} » vaut {given}, ce qui n’est pas un jour avec une heure. Écrivez : 2026-11-21 18:30."
    ),
    "desk.import.not_a_phone": (
        "« {column} » vaut {given} : ce n’est pas un numéro de téléphone, ou un tableur l’a abîmé. Veuillez corriger."
    ),
    "desk.import.not_a_count": "« {column} » vaut {given}, ce qui n’est pas un nombre entier. Veuillez corriger.",
    "desk.import.not_yes_or_no": "« {column} » vaut {given}, ce qui n’est ni oui ni non. Veuillez corriger.",
    "desk.import.not_a_pass_type": (
        "« {column} » vaut {given}, ce qui n’est pas un type de forfait. Écrivez PUNCH_PASS, UNLIMITED_SERIES ou "
        "FULL_COURSE."
    ),
    "desk.import.not_a_language": (
        "« {column} » vaut {given}, que l’on ne parle pas ici. Écrivez en, de, fr, es, pl ou ar, ou laissez la "
        "colonne de côté."
    ),
    "desk.import.formula": "« {column} » vaut {given}, ce qui est une formule. Écrivez la valeur elle-même.",
    "desk.import.signs": "« {column} » vaut {given}, avec des signes qui ne sont pas du texte. Écrivez-la à nouveau.",
    "desk.import.too_many_cells": (
        "La ligne a plus de cellules qu’il n’y a de colonnes : {given}. Il manque peut-être des guillemets autour "
        "d’une virgule."
    ),
    "desk.import.row_twice": "La ligne {row} concerne la même chose. Elle seule compte.",
    "desk.import.no_identity": (
        "Sans identifiant, e-mail ni numéro, cette ligne ne pourrait être reconnue. Ajoutez l’un d’eux."
    ),
    "desk.import.email_of_several": (
        "Plusieurs membres ont l’e-mail {email}. Indiquez par identifiant ou numéro qui est concerné."
    ),
    "desk.import.email_of_another": "{name} a l’e-mail {email}. Une adresse, un membre : corrigez l’une des deux.",
    "desk.import.number_of_another": "{name} a le numéro {number}. Corrigez l’un des deux.",
    "desk.import.member_unknown": "Personne ici n’est « {given} ». Importez d’abord les membres.",
    "desk.import.member_erased": "Ce membre a été effacé à sa demande et ne revient pas par un fichier.",
    "desk.import.changes": "Désormais différent : {fields}.",
    "desk.import.known_here": "Est déjà ici, sous le numéro {number}.",
    "desk.import.left_alone": "Aussi différent dans le fichier, et modifiable seulement à la main : {fields}.",
    "desk.import.pass_changed": (
        "Ce forfait a déjà été repris, et le fichier dit maintenant autre chose. Ce qui est ici reste ; corrigez "
        "à la main."
    ),
    "desk.import.reservation_changed": (
        "Cette place a déjà été reprise, et le fichier dit maintenant autre chose. Ce qui est ici reste ; "
        "corrigez à la main."
    ),
    "desk.import.pass_over": (
        "Ce forfait est terminé ou épuisé. On ne reprend que ce qui laisse encore entrer quelqu’un."
    ),
    "desk.import.plan_unknown": (
        "Aucune formule ne s’appelle « {title} », et le fichier n’en dit pas assez pour en créer une. Ajoutez la "
        "formule, ou une colonne avec son type."
    ),
    "desk.import.plan_twice": (
        "Plusieurs formules s’appellent « {title} ». Indiquez le type, ou combien d’entrées ont été vendues."
    ),
    "desk.import.plan_of_another_type": (
        "La formule « {title} » est d’un autre type. Corrigez le fichier, ou renommez la formule."
    ),
    "desk.import.makes_plan": "La formule « {title} » est créée pour cela.",
    "desk.import.punches_missing": (
        "« {title} » est un forfait à entrées, et la ligne ne dit pas combien il en reste. Ajoutez-le."
    ),
    "desk.import.punches_not_for_this": (
        "« {title} » ne se paie pas à l’entrée, mais la ligne dit combien il en reste. Corrigez l’un des deux."
    ),
    "desk.import.session_not_said": "La ligne ne dit pas quelle séance, ni quand. Ajoutez-le.",
    "desk.import.in_the_past": "{when} est passé. On ne reprend que les places à venir.",
    "desk.import.session_unknown": "Il n’y a pas de « {title} » le {when}. Ajoutez d’abord la séance au calendrier.",
    "desk.import.session_twice": "Il y a plusieurs « {title} » le {when}. Indiquez dans quel lieu.",
    "desk.import.venue_unknown": "Aucun lieu ne s’appelle « {name} ». Écrivez-le comme ici.",
}
