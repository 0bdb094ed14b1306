"""The few marks every page is made of. Text is always text here: nothing a person typed is ever read as HTML."""

from nicegui import ui
from nicegui.elements.mixins.text_element import TextElement

MOSAIC = (
    '<svg viewBox="0 0 28 28" aria-hidden="true"><rect x="1" y="1" width="12" height="12" rx="2" fill="var(--brand)"/>'
    '<g fill="none" stroke="currentColor" stroke-width="1.8"><rect x="15" y="1" width="12" height="12" rx="2"/>'
    '<rect x="1" y="15" width="12" height="12" rx="2"/></g>'
    '<rect x="15" y="15" width="12" height="12" rx="2" fill="currentColor"/></svg>'
)
_ICONS = {
    "today": '<path d="M3 14V3.5L9.5 2v12M9.5 4H13v10M1.5 14h13"/><path d="M7 8v.01"/>',
    "inbox": '<path d="M2 9.5 4 3h8l2 6.5V13H2zM2 9.5h3.5c0 1.3 1 2 2.5 2s2.5-.7 2.5-2H14"/>',
    "kiosk": '<path d="M4 1.5h8v9H4zM8 10.5v4M4.5 14.5h7M6.5 8h3"/>',
    "staff": '<path d="M1.5 3h13v10h-13zM9.5 6.5h3M9.5 9.5h3M3.5 11c.3-2 3.7-2 4 0"/><circle cx="5.5" cy="7" r="1.5"/>',
    "theme": '<circle cx="8" cy="8" r="6"/><path d="M8 2v12a6 6 0 0 0 0-12z" fill="currentColor"/>',
    "silent": '<path d="M2 6.5c3.4-3 8.6-3 12 0M4.5 9.3c2-1.7 5-1.7 7 0M8 12.5v.01M2.5 13.5l11-11"/>',
    "leave": '<path d="M9.5 2.5h-7v11h7M6.5 8h8M11.5 5l3 3-3 3"/>',
    "alert": '<path d="M8 2 14.5 13.5h-13zM8 6.5v3M8 11.6v.01"/>',
}


def tag(name: str, text: str, classes: str = "") -> TextElement:
    """An HTML element that holds text and nothing else."""
    return TextElement(tag=name, text=text).classes(classes)


def box(name: str = "div", classes: str = "") -> ui.element:
    """An HTML element to put others in: `with box("section", "card"):`."""
    return ui.element(name).classes(classes)


def link(address: str, text: str = "", classes: str = "") -> TextElement:
    """A plain link to a page of ours."""
    made = tag("a", text, classes)
    made.props["href"] = address
    return made


def icon(name: str) -> None:
    """One of the drawings above; it says nothing that words beside it do not say."""
    drawing = f'<svg class="i" viewBox="0 0 16 16" aria-hidden="true">{_ICONS[name]}</svg>'
    ui.html(drawing, sanitize=False, tag="span").classes("island")


def mosaic() -> None:
    """Tessera's own mark."""
    ui.html(MOSAIC, sanitize=False, tag="span").classes("island")


def tile(kind: str) -> None:
    """One person or one place: `in`, `late`, `exp`, `miss` or `free`."""
    box("i", kind)


def badge(text: str, colour: str = "", kind: str = "") -> None:
    """A word on a wash; `kind` puts its tile before it."""
    with box("span", f"badge {colour}"):
        if kind:
            tile(kind)
        tag("span", text)
