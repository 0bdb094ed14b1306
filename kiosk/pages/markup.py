"""Makes HTML out of tags and words, so that nothing a person or a card says can ever become markup."""

from html import escape

Attribute = str | int | float | bool | None


class Html(str):
    """Text that is already markup. Anything else is escaped before it is put into a tag."""

    __slots__ = ()


def text(given: str) -> Html:
    """Words as markup: what is not `Html` already is escaped."""
    return given if isinstance(given, Html) else Html(escape(given))


def join(*parts: str | None, between: str = "") -> Html:
    """The parts one after another; those that are None are left out."""
    return Html(text(between).join(text(part) for part in parts if part is not None))


def tag(name: str, *inside: str | None, **attributes: Attribute) -> Html:
    """One element. Attributes: `cls` is class, `for_` is for, `_` becomes `-`; False and None leave one out."""
    return Html(f"<{name}{_attributes(attributes)}>{join(*inside)}</{name}>")


def lone_tag(name: str, **attributes: Attribute) -> Html:
    """One element that has nothing inside, such as `img`."""
    return Html(f"<{name}{_attributes(attributes)}>")


def symbol(name: str, cls: str | None = None) -> Html:
    """A shape from assets/icons/kiosk.svg. It says nothing aloud: words stand beside it."""
    return tag("svg", tag("use", href=f"#{name}"), cls=cls, aria_hidden="true")


def icon(name: str, *, turns: bool = False) -> Html:
    """A line icon, as high as a line of text; `turns` with the direction of writing."""
    return symbol(f"i-{name}", "icon turns" if turns else "icon")


def _attributes(attributes: dict[str, Attribute]) -> str:
    made = []
    for name, value in attributes.items():
        if value is None or value is False:
            continue
        said = {"cls": "class", "for_": "for"}.get(name, name.replace("_", "-"))
        made.append(f" {said}" if value is True else f' {said}="{escape(str(value))}"')
    return "".join(made)
