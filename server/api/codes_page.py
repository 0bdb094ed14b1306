"""The page that every error's `type` leads to: each code with its sentence, for people who write programs."""

from html import escape

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from core import messages
from core.errors import TesseraError
from core.refusals import RefusalReason
from server.api.asking import language

router = APIRouter(include_in_schema=False)
PREFIX = "error."
STYLE = """body{font:1rem/1.5 system-ui,sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem;
color-scheme:light dark}
table{border-collapse:collapse;width:100%}th,td{text-align:start;vertical-align:top;padding:.4rem .6rem;
border-block-end:1px solid color-mix(in srgb,currentColor 20%,transparent)}code{white-space:nowrap}
:target{background:color-mix(in srgb,currentColor 12%,transparent)}
@media(max-width:40rem){th{display:none}td{display:block;border:0}tr{display:block;padding-block:.5rem}}"""


def codes() -> tuple[str, ...]:
    """Every code that an error can have, in the order of the alphabet."""
    return tuple(sorted(key.removeprefix(PREFIX) for key in messages.all_keys() if key.startswith(PREFIX)))


@router.get("/errors")
async def errors(request: Request) -> HTMLResponse:
    """In the first language asked for."""
    spoken = language(request)
    rows = [(code, messages.error_sentence(spoken, TesseraError(code))) for code in codes()]
    rows += [("refusal", messages.say(spoken, "api.problem.refusal"))]
    rows += [(reason.value, messages.refusal_for_staff(spoken, reason)) for reason in RefusalReason]
    return HTMLResponse(_page(spoken, rows), headers={"Content-Language": spoken, "Vary": "Accept-Language"})


def _page(spoken: str, rows: list[tuple[str, str]]) -> str:
    title, lead, code, sentence = (
        escape(messages.say(spoken, f"api.codes.{name}")) for name in ("title", "lead", "code", "sentence")
    )
    lines = "\n".join(
        f'<tr id="{escape(code)}"><td><code dir="ltr">{escape(code)}</code></td><td>{escape(words)}</td></tr>'
        for code, words in rows
    )
    return f"""<!doctype html>
<html lang="{spoken}" dir="{messages.direction(spoken)}">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1">
<title>{title} · Tessera</title><style>{STYLE}</style></head>
<body><main><h1>{title}</h1><p>{lead}</p>
<table><thead><tr><th scope="col">{code}</th><th scope="col">{sentence}</th></tr></thead>
<tbody>
{lines}
</tbody></table></main></body></html>
"""
