"""The words by which a column is known, in the six languages spoken here, compared without case and accents."""

import unicodedata
from collections.abc import Mapping

_EMAIL = (
    *("e-mail", "email address", "e-mail address", "mail", "E-Mail-Adresse", "adresse e-mail", "courriel"),
    *("correo", "correo electrónico", "adres e-mail", "البريد الإلكتروني", "البريد"),
)
_MEMBER_ID = (
    *("client id", "customer id", "user id", "Kunden-ID", "Mitglieds-ID", "id client", "id membre"),
    *("id cliente", "id socio", "id klienta", "id członka", "معرف العضو", "معرف العميل"),
)
_NUMBER = (
    *("member number", "membership number", "member no", "customer number", "client number"),
    *("Mitgliedsnummer", "Kundennummer", "Mitglieds-Nr", "numéro de membre", "numéro de client"),
    *("número de socio", "número de cliente", "numer członkowski", "numer klienta", "رقم العضوية", "رقم العضو"),
)
_ID = ("external id", "record id")
_WHOSE = {"member_id": ("member id", *_MEMBER_ID), "member_email": ("email", *_EMAIL), "member_number": _NUMBER}

WORDS: Mapping[str, Mapping[str, tuple[str, ...]]] = {
    "members": {
        "id": (*_ID, "member id", *_MEMBER_ID),
        "number": _NUMBER,
        "first_name": (
            *("first name", "given name", "forename", "Vorname", "prénom", "nombre", "imię"),
            *("الاسم الأول", "الاسم الشخصي"),
        ),
        "last_name": (
            *("last name", "surname", "family name", "Nachname", "Familienname", "nom", "nom de famille"),
            *("apellido", "apellidos", "nazwisko", "اسم العائلة", "اللقب"),
        ),
        "email": _EMAIL,
        "phone": (
            *("phone number", "telephone", "mobile", "mobile phone", "cell phone", "cell"),
            *("Telefon", "Telefonnummer", "Handy", "Mobiltelefon", "téléphone", "portable", "mobile phone number"),
            *("teléfono", "móvil", "telefon komórkowy", "numer telefonu", "الهاتف", "رقم الهاتف", "الجوال"),
        ),
        "language": ("Sprache", "langue", "idioma", "język", "اللغة"),
        "birth_date": (
            *("date of birth", "birthday", "birthdate", "dob", "Geburtsdatum", "Geburtstag"),
            *("date de naissance", "fecha de nacimiento", "data urodzenia", "تاريخ الميلاد"),
        ),
        "member_since": (
            *("joined", "join date", "date joined", "signup date", "Mitglied seit", "Eintrittsdatum"),
            *("membre depuis", "date d’inscription", "socio desde", "fecha de alta", "członek od"),
            *("data przystąpienia", "عضو منذ", "تاريخ الانضمام"),
        ),
        "is_active": ("active", "aktiv", "actif", "activo", "aktywny", "نشط"),
    },
    "passes": {
        "id": (*_ID, "pass id", "registration id", "Pass-ID", "id pass", "id bono", "id karnetu", "معرف البطاقة"),
        **_WHOSE,
        "title": (
            *("pass", "pass name", "plan", "membership", "membership name", "package", "Karte", "Kartenname"),
            *(
                "Mitgliedschaft",
                "abonnement",
                "forfait",
                "bono",
                "abono",
                "karnet",
                "nazwa karnetu",
                "الاشتراك",
                "الباقة",
            ),
        ),
        "type": ("pass type", "Kartenart", "type de pass", "tipo", "tipo de bono", "rodzaj karnetu", "rodzaj", "النوع"),
        "punches_left": (
            *("visits remaining", "remaining", "sessions remaining", "classes remaining", "credits remaining"),
            *("punches remaining", "visits left", "classes left", "credits left", "verbleibend", "Restguthaben"),
            *("Resttermine", "séances restantes", "restant", "clases restantes", "restantes", "pozostało"),
            *("pozostałe wejścia", "المتبقي", "الحصص المتبقية"),
        ),
        "punches_sold": (
            *("visits included", "sessions included", "classes included", "total visits", "enthaltene Termine"),
            *("séances incluses", "clases incluidas", "liczba wejść", "الحصص المشمولة"),
        ),
        "valid_from": (
            *("start date", "active date", "valid since", "gültig ab", "gültig von", "valable à partir du"),
            *("date de début", "válido desde", "fecha de inicio", "ważny od", "صالح من", "تاريخ البدء"),
        ),
        "valid_until": (
            *("expiration date", "expiry date", "expires", "expiration", "end date", "valid to", "gültig bis"),
            *("valable jusqu’au", "date de fin", "date d’expiration", "válido hasta", "fecha de caducidad"),
            *("ważny do", "data ważności", "صالح حتى", "تاريخ الانتهاء"),
        ),
    },
    "reservations": {
        "id": (
            *(*_ID, "booking id", "reservation id", "appointment id", "Buchungs-ID", "id réservation"),
            *("id reserva", "id rezerwacji", "معرف الحجز"),
        ),
        **_WHOSE,
        "starts_at": (
            *("start time", "start", "starts", "date and time", "class date and time", "Beginn", "Startzeit"),
            *("date et heure", "début", "fecha y hora", "inicio", "data i godzina", "początek", "موعد البدء"),
        ),
        "day": ("date", "class date", "Datum", "Tag", "jour", "fecha", "data", "التاريخ"),
        "clock": ("time", "class time", "Uhrzeit", "Zeit", "heure", "hora", "godzina", "الوقت"),
        "title": (
            *("class", "class name", "session", "session name", "type", "Kurs", "Kursname", "cours", "nom du cours"),
            *("séance", "clase", "nombre de la clase", "zajęcia", "nazwa zajęć", "الحصة", "اسم الحصة"),
        ),
        "venue": (
            "location",
            "studio",
            "site",
            "Standort",
            "Ort",
            "lieu",
            "salle",
            "lugar",
            "sede",
            "miejsce",
            "المكان",
        ),
    },
}
"""By kind and field. No word stands for two fields of one kind; a test looks."""


def plain(text: str) -> str:
    """Letters and digits only, without case and accents: `E-Mail ` is `email`, `Prénom` is `prenom`."""
    apart = unicodedata.normalize("NFKD", text.casefold())
    return "".join(sign for sign in apart if sign.isalnum())
