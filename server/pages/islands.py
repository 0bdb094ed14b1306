"""Parts of a page that are drawn again only when what they show has changed, so that nothing flickers."""

from collections.abc import Callable, Hashable, Sequence
from typing import Generic, Protocol, TypeVar

from nicegui import ui

from server.pages.marks import box

T = TypeVar("T")
T_contra = TypeVar("T_contra", contravariant=True)


class Island(Generic[T]):
    """Shows one value. Values are compared as they are: frozen dataclasses and tuples of them."""

    def __init__(self, draw: Callable[[T], None]) -> None:
        self._draw = draw
        self._ground = box("div", "island")
        self._shown: T | None = None

    def show(self, value: T) -> None:
        """Nothing happens if this is what it shows already."""
        if self._shown is not None and value == self._shown:
            return
        self._shown = value
        self._ground.clear()
        with self._ground:
            self._draw(value)


class Archipelago(Generic[T]):
    """Shows a list. While the same things are in it, only those that changed are drawn again; each keeps its shell.

    `shell` makes what stays (a link keeps the keyboard's focus); what it returns is where `draw` draws.
    """

    def __init__(
        self,
        key: Callable[[T], Hashable],
        shell: Callable[[T], ui.element],
        draw: Callable[[T], None],
    ) -> None:
        self._key, self._shell, self._draw = key, shell, draw
        self._ground = box("div", "island")
        self._keys: list[Hashable] = []
        self._islands: list[Island[T]] = []

    def show(self, values: Sequence[T]) -> None:
        keys = [self._key(value) for value in values]
        if keys != self._keys:
            self._keys = keys
            self._ground.clear()
            with self._ground:
                self._islands = [self._island(value) for value in values]
        for island, value in zip(self._islands, values, strict=True):
            island.show(value)

    def _island(self, value: T) -> Island[T]:
        with self._shell(value):
            return Island(self._draw)


class Shows(Protocol[T_contra]):
    """A part of a page that can be told a newer value."""

    def show(self, value: T_contra, /) -> None: ...


class Shelf(Generic[T]):
    """Shows a list of things that keep what somebody types into them, whatever comes and goes around them.

    Each is made once, shown its newer values, and taken away when it is in the list no more.
    """

    def __init__(self, key: Callable[[T], Hashable], make: Callable[[T], Shows[T]]) -> None:
        self._key, self._make = key, make
        self._ground = box("div", "island")
        self._kept: dict[Hashable, tuple[ui.element, Shows[T]]] = {}

    def show(self, values: Sequence[T]) -> None:
        keys = [self._key(value) for value in values]
        for gone in [key for key in self._kept if key not in keys]:
            self._kept.pop(gone)[0].delete()
        for place, (key, value) in enumerate(zip(keys, values, strict=True)):
            if key not in self._kept:
                self._kept[key] = self._made(value)
            ground, thing = self._kept[key]
            if self._ground.default_slot.children[place] is not ground:
                ground.move(target_index=place)
            thing.show(value)

    def _made(self, value: T) -> tuple[ui.element, Shows[T]]:
        with self._ground, box("div", "island") as ground:
            return ground, self._make(value)
