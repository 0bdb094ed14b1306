"""Esperar una plaza en una sesión completa, en español."""

SENTENCES: dict[str, str] = {
    "history.RELEASED": "La plaza se liberó porque nadie llegó a tiempo",
    "error.waiting.not_found": "Esta entrada no está en ninguna lista de espera de aquí. Carga la lista otra vez.",
    "error.waiting.place_is_free": "En esta sesión queda una plaza libre. Resérvala en lugar de esperar.",
    "error.waiting.no_offer": (
        "Ahora mismo no se ofrece ninguna plaza. En cuanto quede una libre, avisamos a quien sigue en la lista."
    ),
    "error.waiting.offer_is_over": "Esta oferta ha terminado. Carga la lista otra vez: puede que sigas en ella.",
    "error.waiting.is_over": "Esta espera ha terminado. Mira las reservas o apúntate otra vez a la lista.",
    "error.waiting.too_late_to_offer": (
        "Nadie podría responder a una oferta antes de que empiece la sesión. Reserva la plaza directamente."
    ),
    # on a member's own pages
    "my.waits": "Lista de espera",
    "my.wait.auto": "Reservármela en cuanto quede libre. Poco antes del inicio, preguntarme primero.",
    "my.wait.auto.on": "En cuanto quede una libre, se reserva para ti; poco antes del inicio te preguntamos primero.",
    "my.told.waiting_auto": "Estás en la lista. En cuanto quede una plaza libre, se reserva para ti y te escribimos.",
}
