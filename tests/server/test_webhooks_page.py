"""The page for whoever receives webhooks says what is so, and its example of checking a signature works."""

from collections.abc import Callable
from datetime import UTC, datetime

from core import hooks
from tests import hooks_page


def test_the_page_is_what_the_code_says() -> None:
    """To write it anew: `python -m tests.hooks_page`."""
    missing = [kind.value for kind in hooks.SENDABLE if kind not in hooks_page.MEANS]
    assert missing == [], "say in tests/hooks_page.py what these mean"
    assert hooks_page.PAGE.read_text(encoding="utf-8") == hooks_page.page()


def test_its_example_takes_what_is_genuine_and_nothing_else() -> None:
    names: dict[str, Callable[..., bool]] = {}
    exec(compile(hooks_page.CHECKING, "docs/webhooks.md", "exec"), names)
    is_genuine = names["is_genuine"]
    secret, old, now = bytes(range(32)), bytes(32), datetime.now(UTC)
    body = hooks.payload(hooks_page.EXAMPLE)
    sent = hooks.headers("e1", body, [secret, old], now)
    assert is_genuine(sent, body, hooks.secret_text(secret)) and is_genuine(sent, body, hooks.secret_text(old))
    assert not is_genuine(sent, body + b" ", hooks.secret_text(secret))
    assert not is_genuine(sent | {"webhook-id": "e2"}, body, hooks.secret_text(secret))
    assert not is_genuine(sent, body, hooks.secret_text(bytes([1] * 32)))
    long_ago = hooks.headers("e1", body, [secret], datetime(2026, 1, 1, tzinfo=UTC))
    assert not is_genuine(long_ago, body, hooks.secret_text(secret))
