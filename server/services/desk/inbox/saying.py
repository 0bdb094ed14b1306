"""Puts an item's sentences into words. How an instant reads is up to whoever asks: a page, or a program."""

from collections.abc import Callable
from datetime import datetime

from core.messages import say, say_count
from server.services.desk.inbox.values import Sentence


def in_words(language: str, said: Sentence, when: Callable[[datetime], str]) -> str:
    """The sentence, whole."""
    values = {name: when(value) if isinstance(value, datetime) else value for name, value in said.values}
    if said.count is None:
        return say(language, said.key, **values)
    return say_count(language, said.key, said.count, **values)
