"""What is around each of a member's pages: the studio's name, five places to go, and what was just done, said once.

Whatever is put into a page is escaped by `markupsafe`, unless it was made here.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from markupsafe import Markup

from core import messages
from core.refusals import RefusalReason
from server.pages.context import ASSETS
from server.pages.frame import STYLES, THEME, TOGGLE
from server.pages.languages import languages_as_html
from server.pages.marks import MOSAIC
from server.pages.my.wording import MyWords
from server.services.portal.signing_in import MemberVisit

MY, MONTH, SESSIONS, PAST, SETTINGS = "/my", "/my/calendar", "/my/sessions", "/my/history", "/my/settings"
SIGN_IN, SIGN_OUT, EVERYWHERE = "/my/sign-in", "/my/sign-out", "/my/sign-out-everywhere"
PLACE, RESERVE, CODE = "/my/places/{place_id}", "/my/reserve", "/my/code"
LANGUAGE, EXPORT, ERASE, NEW_FEED = "/my/language", "/my/data.zip", "/my/erase", "/my/calendar-address"
FEED = "/calendar/{secret}.ics"

_ICONS = {
    MY: '<path d="M2 7.5 8 2.5l6 5M3.5 6.5v7h9v-7M6.5 13.5v-4h3v4"/>',
    MONTH: '<path d="M2.5 3.5h11v10h-11zM2.5 6.5h11M5.5 2v2.5M10.5 2v2.5"/>',
    SESSIONS: '<path d="M8 3v10M3 8h10"/>',
    PAST: '<path d="M2.5 8a5.5 5.5 0 1 1 1.6 3.9M2.5 12.5v-3h3M8 5v3.2l2 1.3"/>',
    SETTINGS: '<path d="M2.5 5h11M2.5 11h11"/><circle cx="6" cy="5" r="1.8"/><circle cx="10.5" cy="11" r="1.8"/>',
}
_NAMES = {MY: "home", MONTH: "month", SESSIONS: "sessions", PAST: "past", SETTINGS: "settings"}
_MORE_STYLES = Markup(STYLES + f'<link rel="stylesheet" href="{ASSETS}/my.css">')


@dataclass(frozen=True, kw_only=True, slots=True)
class Sheet:
    """A page's own part. `here` is its place in the menu; `told` the code of what was just done."""

    title: str
    body: Markup
    here: str = MY
    told: str = ""
    is_bad: bool = False


def whole(visit: MemberVisit, words: MyWords, sheet: Sheet) -> str:
    """A signed-in member's page."""
    menu = _menu(words, sheet.here)
    return _document(
        words,
        f"{sheet.title} · {visit.studio}",
        m(
            '<a class="skip" href="#main">{skip}</a><div class="app my"><aside class="rail" aria-label="{studio}">'
            '{brand}<nav aria-label="{pages}"><div>{menu}</div></nav></aside><div><header class="top">{brand}'
            '<div class="right"><button class="btn bare icon" type="button" id="theme" aria-label="{theme}">{half}'
            '</button></div></header><main id="main" tabindex="-1">{told}{body}</main></div></div>'
            '<nav class="tabs" aria-label="{pages}">{menu}</nav><script>{toggle}</script>',
            skip=words.desk("skip"),
            studio=visit.studio,
            brand=m(
                '<a class="brand" href="{home}">{mosaic}<span><b>{studio}</b></span></a>',
                home=MY,
                mosaic=Markup(MOSAIC),
                studio=visit.studio,
            ),
            pages=words.desk("pages"),
            menu=menu,
            theme=words.desk("theme"),
            half=icon('<circle cx="8" cy="8" r="6"/><path d="M8 2v12a6 6 0 0 0 0-12z" fill="currentColor"/>'),
            told=said(told(words, sheet.told), is_bad=sheet.told.startswith("refused") or sheet.is_bad),
            body=sheet.body,
            toggle=Markup(f"document.getElementById('theme').addEventListener('click', {TOGGLE});"),
        ),
    )


def gate(words: MyWords, title: str, body: Markup) -> str:
    """A page for whoever is not signed in yet, or any more."""
    return _document(
        words,
        f"{title} · Tessera",
        m(
            '<main class="gate my"><div class="card"><div class="brand">{mosaic}<b>Tessera</b></div>{body}{languages}'
            "</div></main>",
            mosaic=Markup(MOSAIC),
            body=body,
            languages=Markup(languages_as_html(words.desk)),
        ),
    )


def m(template: str, **values: object) -> Markup:
    """HTML with values put in, each escaped unless it is HTML made here."""
    return Markup(template).format(**values)


def join(parts: Iterable[Markup]) -> Markup:
    return Markup("").join(parts)


def said(text: str, *, is_bad: bool = False) -> Markup:
    """What was done or could not be: read out politely, and where the keyboard is when the page opens."""
    if not text:
        return Markup("")
    kind = "note bad" if is_bad else "note good"
    return m('<p class="{kind}" id="told" role="status" tabindex="-1" autofocus>{text}</p>', kind=kind, text=text)


def told(words: MyWords, code: str) -> str:
    """The sentence for a code in an address; nothing for one that nobody here wrote."""
    if code.startswith("refused."):
        reason = code.removeprefix("refused.")
        return words.refused(reason) if reason in RefusalReason.__members__ else ""
    return words(f"told.{code}") if code and messages.has(f"my.told.{code}") else ""


def icon(drawing: str) -> Markup:
    return Markup(f'<svg class="i" viewBox="0 0 16 16" aria-hidden="true">{drawing}</svg>')


def badge(text: str, colour: str = "", kind: str = "") -> Markup:
    """A word on a wash, as at the desk."""
    tile = m('<i class="{kind}"></i>', kind=kind) if kind else Markup("")
    return m('<span class="badge {colour}">{tile}<span>{text}</span></span>', colour=colour, tile=tile, text=text)


def fields(pairs: Iterable[tuple[str, object]]) -> Markup:
    """Labels and figures in a row, as on a boarding pass."""
    made = join(m('<div class="f"><dt>{label}</dt><dd>{value}</dd></div>', label=a, value=b) for a, b in pairs)
    return m('<dl class="fields">{made}</dl>', made=made)


def button(text: str, action: str, *, main: bool = False, more: Markup | None = None, name: str = "") -> Markup:
    """One deed. `name`: what it is called aloud, where its words alone do not say which one."""
    aloud = m(' aria-label="{name}"', name=name) if name else Markup("")
    return m(
        '<form method="post" action="{action}">{more}<button class="btn{main}" type="submit"{aloud}>{text}</button>'
        "</form>",
        action=action,
        more=more or Markup(""),
        main=" main" if main else "",
        aloud=aloud,
        text=text,
    )


def hidden(name: str, value: str) -> Markup:
    return m('<input type="hidden" name="{name}" value="{value}">', name=name, value=value)


def _menu(words: MyWords, here: str) -> Markup:
    return join(
        m(
            '<a href="{address}"{current}>{icon}<span>{name}</span></a>',
            address=address,
            current=Markup(' aria-current="page"') if address == here else Markup(""),
            icon=icon(drawing),
            name=words(f"page.{_NAMES[address]}"),
        )
        for address, drawing in _ICONS.items()
    )


def _document(words: MyWords, title: str, body: Markup) -> str:
    return str(
        m(
            '<!doctype html><html lang="{language}" dir="{direction}"><head><meta charset="utf-8">'
            '<meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover">'
            '<meta name="robots" content="noindex"><title>{title}</title><link rel="icon" href="data:,">'
            "{styles}<script>{theme}</script></head><body>{body}</body></html>",
            language=words.language,
            direction=words.direction,
            title=title,
            styles=_MORE_STYLES,
            theme=Markup(THEME),
            body=body,
        )
    )
