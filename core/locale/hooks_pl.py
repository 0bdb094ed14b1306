"""Webhooki i czego im brak oraz noc z wieloma zawieszeniami, po polsku."""

SENTENCES: dict[str, str] = {
    "error.webhook.not_found": "Tego webhooka nie ma w tym studiu. Wczytaj listę ponownie.",
    "error.webhook_call.not_found": "Tego wywołania już nie ma. Wczytaj listę ponownie.",
    "error.webhook.not_https": "Webhook potrzebuje adresu, który zaczyna się od https://. Podaj taki adres.",
    "error.webhook.address_not_understood": (
        "Tego adresu nie da się wywołać. Zapisz go w całości, na przykład https://example.org/hook."
    ),
    "error.webhook.address_is_inside": (
        "{host} nie leży w otwartym internecie, a niczego innego serwer nie wywołuje. Podaj adres publiczny."
    ),
    "error.webhook.no_such_kind": "O {kind} nikt się nie dowiaduje. Wybierz z listy zdarzeń.",
    "error.webhook.too_many": "Jest już {most} webhooków, więcej się nie da. Najpierw usuń jeden.",
    "error.webhook.paused": "Ten webhook jest wstrzymany. Najpierw go wznów.",
    "desk.webhook.trouble.NO_ADDRESS": "Nazwa z adresu nie jest znana. Sprawdź adres.",
    "desk.webhook.trouble.INSIDE": (
        "Nazwa prowadzi do adresu wewnątrz sieci, którego nigdy się nie wywołuje. Podaj adres publiczny."
    ),
    "desk.webhook.trouble.NO_CONNECTION": "Pod tym adresem nikt nie odpowiedział. Sprawdź, czy odbiorca działa.",
    "desk.webhook.trouble.NOT_TRUSTED": "Jego certyfikatowi nie można ufać. Odnów certyfikat.",
    "desk.webhook.trouble.TOO_SLOW": "Odpowiedź trwała za długo. Niech najpierw odpowie, a potem pracuje.",
    "desk.webhook.trouble.NOT_HTTP": "To, co odpowiedział, nie jest HTTP. Sprawdź adres i port.",
    "desk.webhook.trouble.REDIRECTED": "Odesłał wywołanie gdzie indziej, a za tym się nie idzie. Podaj adres docelowy.",
    "desk.webhook.trouble.REFUSED": "Odpowiedział, że nie przyjął wywołania. Dlaczego, mówi jego własny dziennik.",
    "desk.webhook.trouble.KEY": "Jego sekret zapieczętowano kluczem innej instalacji. Nadaj mu nowy sekret.",
    "desk.webhook.paused.FAILING": (
        "Od wielu dni nie dociera żadne wywołanie, więc nic się nie wysyła. Napraw odbiorcę, potem wznów."
    ),
    "desk.webhook.paused.GONE": "Odbiorca mówi, że nie chce więcej wywołań. Wznów go, jeśli to pomyłka.",
    "error.report.span_too_long": "Raport obejmuje najwyżej {most} dni. Wybierz krótszy czas.",
    "error.policy.no_such_version": "Nie ma wersji {version} zasad. Wybierz jedną z istniejących.",
    "desk.inbox.kind.suspension-spike": "Wiele zawieszeń",
    "desk.inbox.spike": "Zawieszenia ostatniej nocy: {count}. W inne noce średnio: {usual}.",
    "desk.inbox.spike.policy": "Wersja {version} zasad liczy się od {since}. Sprawdź, czy robi to, co miała.",
    "desk.inbox.spike.no_policy": (
        "Ostatnio nie zmieniano zasad. Sprawdź, czy kioski działały i czy zajęcia nie były do odwołania."
    ),
    "desk.inbox.spike.otherwise": "Zawieszenia zostają. Te bez podstawy można znosić pojedynczo.",
    "desk.inbox.price.off_the_list": "Znika z listy, nic innego się nie zmienia.",
    "desk.inbox.kind.webhook-paused": "Webhook wstrzymany",
    "desk.inbox.webhook": "Webhook do {host} jest wstrzymany.",
    "desk.inbox.webhook.otherwise": (
        "Niczego się nie dowie, dopóki ktoś go nie wznowi. Co ma ponad trzy dni, nie zostanie już wysłane."
    ),
}
