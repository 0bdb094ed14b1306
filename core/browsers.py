"""What a page of ours tells a browser it may do: as little as the page needs. Made from the page itself, pure.

It refuses to allow scripts written into markup: only those that stand in the page as the server sends it may run.
"""

import base64
import hashlib
import re
from dataclasses import dataclass

_SCRIPT = re.compile(rb"<script\b([^>]*)>(.*?)</script\s*>", re.DOTALL | re.IGNORECASE)
_HAS_SOURCE = re.compile(rb"\bsrc\s*=", re.IGNORECASE)

STAFF_COOKIE = "tessera_desk"
MEMBER_COOKIE = "tessera_my"
"""What browsers of people who signed in carry. Pages set them; the API takes them from our own pages."""

NOTHING_ELSE_MAY = (
    "accelerometer=(), autoplay=(self), browsing-topics=(), camera={camera}, display-capture=(), fullscreen=(self), "
    "geolocation=(), gyroscope=(), hid=(), idle-detection=(), magnetometer=(), microphone=(), midi=(), payment=(), "
    "publickey-credentials-get=(), screen-wake-lock=(self), serial=(), usb=()"
)
"""Permissions-Policy. Sounds and a screen that stays on are the kiosk's; the camera too, where the browser is it."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Ways:
    """What a page of this house does besides showing itself."""

    has_forms: bool = False
    uses_camera: bool = False


def inline_scripts(html: bytes) -> tuple[str, ...]:
    """The hashes, as a content security policy writes them, of all scripts that stand in a page itself."""
    found = (inside for how, inside in _SCRIPT.findall(html) if not _HAS_SOURCE.search(how))
    return tuple(
        dict.fromkeys(f"'sha256-{base64.b64encode(hashlib.sha256(each).digest()).decode()}'" for each in found)
    )


def content_policy(html: bytes | None, ways: Ways) -> str:
    """Content-Security-Policy of a page; of anything else (None), which is to do nothing at all.

    'unsafe-eval' is what Vue's templates need, 'unsafe-inline' of styles what rings and countdowns need. Scripts
    in markup (`onerror=…`) run nowhere, so that what somebody writes into a name stays a name.
    """
    if html is None:
        return "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'"
    return "; ".join(
        (
            "default-src 'none'",
            " ".join(("script-src 'self' 'unsafe-eval'", *inline_scripts(html))),
            "style-src 'self' 'unsafe-inline'",
            "img-src 'self' data: blob:",
            "font-src 'self'",
            "media-src 'self' blob:",
            "connect-src 'self'",
            "worker-src 'self'",
            f"form-action {chr(39)}{'self' if ways.has_forms else 'none'}{chr(39)}",
            "frame-src 'none'",
            "object-src 'none'",
            "base-uri 'none'",
            "frame-ancestors 'none'",
        )
    )


def safe_headers(ways: Ways) -> dict[str, str]:
    """What goes with every answer besides the content policy."""
    return {
        "x-frame-options": "DENY",
        "x-content-type-options": "nosniff",
        "referrer-policy": "same-origin",
        "cross-origin-opener-policy": "same-origin",
        "cross-origin-resource-policy": "same-origin",
        "permissions-policy": NOTHING_ELSE_MAY.format(camera="(self)" if ways.uses_camera else "()"),
    }
