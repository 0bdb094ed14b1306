"""Webhooks und was ihnen fehlt, und eine Nacht mit vielen Sperren, auf Deutsch."""

SENTENCES: dict[str, str] = {
    "error.webhook.not_found": "Diesen Webhook gibt es in diesem Studio nicht. Bitte die Liste neu laden.",
    "error.webhook_call.not_found": "Diesen Aufruf gibt es nicht mehr. Bitte die Liste neu laden.",
    "error.webhook.not_https": "Ein Webhook braucht eine Adresse, die mit https:// beginnt. Bitte eine solche angeben.",
    "error.webhook.address_not_understood": (
        "Diese Adresse lässt sich nicht aufrufen. Bitte ganz schreiben, etwa https://example.org/hook."
    ),
    "error.webhook.address_is_inside": (
        "{host} liegt nicht im offenen Internet, und anderes ruft der Server nicht auf. Bitte eine "
        "öffentliche Adresse angeben."
    ),
    "error.webhook.no_such_kind": "Von {kind} wird niemandem berichtet. Bitte aus der Liste der Ereignisse wählen.",
    "error.webhook.too_many": "Es gibt schon {most} Webhooks, mehr sind nicht möglich. Bitte zuerst einen löschen.",
    "error.webhook.paused": "Dieser Webhook ruht. Bitte zuerst fortsetzen.",
    "desk.webhook.trouble.NO_ADDRESS": "Der Name in der Adresse ist nicht bekannt. Bitte die Adresse prüfen.",
    "desk.webhook.trouble.INSIDE": (
        "Der Name führt zu einer Adresse im Inneren eines Netzes, die nie aufgerufen wird. Bitte eine "
        "öffentliche angeben."
    ),
    "desk.webhook.trouble.NO_CONNECTION": (
        "Unter der Adresse hat niemand geantwortet. Bitte nachsehen, ob der Empfänger läuft."
    ),
    "desk.webhook.trouble.NOT_TRUSTED": "Dem Zertifikat ist nicht zu trauen. Bitte das Zertifikat erneuern.",
    "desk.webhook.trouble.TOO_SLOW": "Die Antwort hat zu lange gedauert. Bitte erst antworten lassen, dann arbeiten.",
    "desk.webhook.trouble.NOT_HTTP": "Die Antwort ist kein HTTP. Bitte Adresse und Port prüfen.",
    "desk.webhook.trouble.REDIRECTED": (
        "Der Aufruf wurde weitergeschickt, dem wird nicht gefolgt. Bitte die Adresse angeben, zu der es geht."
    ),
    "desk.webhook.trouble.REFUSED": "Der Empfänger hat den Aufruf nicht angenommen. Warum, steht in seinem Protokoll.",
    "desk.webhook.trouble.KEY": (
        "Das Geheimnis wurde mit dem Schlüssel einer anderen Installation versiegelt. Bitte ein neues geben."
    ),
    "desk.webhook.paused.FAILING": (
        "Seit Tagen kommt kein Aufruf an, darum geht keiner mehr hinaus. Den Empfänger richten, dann fortsetzen."
    ),
    "desk.webhook.paused.GONE": "Der Empfänger will keine Aufrufe mehr. War das ein Versehen, bitte fortsetzen.",
    "error.report.span_too_long": "Ein Bericht umfasst höchstens {most} Tage. Bitte eine kürzere Zeit wählen.",
    "error.policy.no_such_version": "Eine Fassung {version} der Regeln gibt es nicht. Bitte eine vorhandene wählen.",
    "desk.inbox.kind.suspension-spike": "Viele Sperren",
    "desk.inbox.spike": "Sperren letzte Nacht: {count}. In anderen Nächten: {usual} im Schnitt.",
    "desk.inbox.spike.policy": (
        "Fassung {version} der Regeln gilt seit {since}. Bitte prüfen, ob sie tut, was gemeint war."
    ),
    "desk.inbox.spike.no_policy": (
        "An den Regeln wurde zuletzt nichts geändert. Bitte prüfen, ob Kioske ausfielen oder ein Kurs nicht "
        "abgesagt wurde."
    ),
    "desk.inbox.spike.otherwise": "Die Sperren bleiben. Was keinen Grund hat, lässt sich einzeln aufheben.",
    "desk.inbox.price.off_the_list": "Kommt von der Liste, sonst ändert sich nichts.",
    "desk.inbox.kind.webhook-paused": "Webhook ruht",
    "desk.inbox.webhook": "Der Webhook zu {host} ruht.",
    "desk.inbox.webhook.otherwise": (
        "Er erfährt nichts, bis ihn jemand fortsetzt. Was älter als drei Tage ist, geht nicht mehr hinaus."
    ),
}
