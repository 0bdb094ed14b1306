"""A letter on paper: the same words as plain text, and as HTML that needs no picture, no script and no other file.

Every value is escaped here; nothing a person typed is ever read as HTML. Colours are the desk's, light and dark.
"""

from html import escape

from core.letter_words import Written
from core.messages import direction

_MARK = (
    '<table role="presentation" cellpadding="0" cellspacing="2" style="border-collapse:separate"><tr>'
    '<td class="m1" style="width:10px;height:10px;background:#c8553d;border-radius:2px;font-size:0">&nbsp;</td>'
    '<td class="m2" style="width:7px;height:7px;border:1.5px solid #14202f;border-radius:2px;font-size:0">&nbsp;</td>'
    '</tr><tr><td class="m2" style="width:7px;height:7px;border:1.5px solid #14202f;border-radius:2px;font-size:0">'
    '&nbsp;</td><td class="m3" style="width:10px;height:10px;background:#14202f;border-radius:2px;font-size:0">&nbsp;'
    "</td></tr></table>"
)
_FONT = "Inter, 'Source Sans 3', 'Noto Sans', 'Noto Sans Arabic', system-ui, -apple-system, 'Segoe UI', sans-serif"
_DARK = """
:root { color-scheme: light dark; supported-color-schemes: light dark; }
@media (prefers-color-scheme: dark) {
  .bg { background: #0f1b2d !important; }
  .sheet { background: #16263d !important; border-color: #263a56 !important; }
  .ink, .ink a { color: #f5f0e5 !important; }
  .soft, .soft a { color: #c0cad6 !important; }
  .line { border-color: #263a56 !important; }
  .btn { background: #f7f3ea !important; border-color: #f7f3ea !important; }
  .btn a { color: #14202f !important; }
  .m1 { background: #d9694f !important; }
  .m2 { border-color: #f5f0e5 !important; }
  .m3 { background: #f5f0e5 !important; }
}
@media (max-width: 480px) {
  .pad { padding: 20px 18px !important; }
  .name, .value { display: block !important; width: auto !important; }
  .name { padding: 10px 0 0 !important; }
  .value { padding: 0 0 10px !important; border-top: 0 !important; }
}
"""


def as_text(letter: Written) -> str:
    """Lines end with a line feed. Equal in content to the HTML."""
    parts = [letter.hello, *letter.before]
    if letter.facts:
        parts.append("\n".join(f"{name}: {value}" for name, value in letter.facts))
    parts += letter.after
    if letter.button is not None:
        parts.append(f"{letter.button.label}:\n{letter.button.address}")
    if letter.studio:
        parts.append(letter.studio)
    foot = [letter.footer]
    if letter.unsubscribe is not None:
        foot.append(f"{letter.unsubscribe.label}: {letter.unsubscribe.address}")
    if any(foot):
        parts.append("-- \n" + "\n".join(line for line in foot if line))
    return "\n\n".join(part for part in parts if part) + "\n"


def as_html(letter: Written) -> str:
    """A whole page, 600 pixels wide at most, one column; it can be read with styles taken away."""
    way = direction(letter.language)
    start = "right" if way == "rtl" else "left"
    return f"""<!doctype html>
<html lang="{escape(letter.language, quote=True)}" dir="{way}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="supported-color-schemes" content="light dark">
<title>{escape(letter.subject)}</title>
<style>{_DARK}</style>
</head>
<body class="bg" style="margin:0;padding:0;background:#f7f3ea">
<table role="presentation" class="bg" width="100%" cellpadding="0" cellspacing="0" style="background:#f7f3ea">
<tr><td align="center" style="padding:24px 12px">
<table role="presentation" width="100%" cellpadding="0" cellspacing="0" dir="{way}"
 style="max-width:576px;font-family:{_FONT};text-align:{start}">
<tr><td style="padding:0 4px 14px"><table role="presentation" cellpadding="0" cellspacing="0"><tr>
<td>{_MARK}</td><td class="ink" style="padding:0 8px;color:#14202f;font-size:15px;font-weight:600"
><bdi>{escape(letter.studio)}</bdi></td>
</tr></table></td></tr>
<tr><td class="sheet pad" style="background:#fffdf9;border:1px solid #e4dccb;border-radius:10px;padding:28px 32px">
<h1 class="ink" style="margin:0 0 18px;font-size:21px;line-height:1.3;font-weight:640;text-wrap:balance;
color:#14202f">{escape(letter.subject)}</h1>
{"".join(_paragraph(words) for words in (letter.hello, *letter.before) if words)}
{_facts(letter, start)}
{"".join(_paragraph(words) for words in letter.after)}
{_button(letter)}
</td></tr>
<tr><td class="soft" style="padding:16px 6px;color:#46525f;font-size:13px;line-height:1.5">{_foot(letter)}</td></tr>
</table>
</td></tr></table>
</body>
</html>
"""


def _paragraph(words: str) -> str:
    style = "margin:0 0 14px;font-size:16px;line-height:1.5;color:#14202f"
    return f'<p class="ink" style="{style}">{escape(words)}</p>\n'


def _facts(letter: Written, start: str) -> str:
    if not letter.facts:
        return ""
    rows = "".join(
        f'<tr><th scope="row" class="name soft line" align="{start}" style="padding:10px 0;width:34%;'
        "vertical-align:top;border-top:1px solid #e4dccb;color:#46525f;font-size:14px;font-weight:400;line-height:1.45"
        f'">{escape(name)}</th><td class="value ink line" style="padding:10px 0;vertical-align:top;'
        "border-top:1px solid #e4dccb;color:#14202f;font-size:16px;font-weight:560;line-height:1.45;"
        f'overflow-wrap:anywhere">{escape(value)}</td></tr>'
        for name, value in letter.facts
    )
    return f'<table width="100%" cellpadding="0" cellspacing="0" style="margin:6px 0 18px">{rows}</table>'


def _button(letter: Written) -> str:
    if letter.button is None:
        return ""
    address = escape(letter.button.address, quote=True)
    return (
        '<table role="presentation" cellpadding="0" cellspacing="0" style="margin:22px 0 4px"><tr>'
        '<td class="btn" style="background:#14202f;border:1px solid #14202f;border-radius:6px">'
        f'<a href="{address}" style="display:inline-block;padding:12px 22px;color:#fffdf9;font-size:16px;'
        f'font-weight:600;line-height:1.2;text-decoration:none">{escape(letter.button.label)}</a></td></tr></table>'
    )


def _foot(letter: Written) -> str:
    parts = [escape(letter.footer)]
    if letter.unsubscribe is not None:
        address = escape(letter.unsubscribe.address, quote=True)
        parts.append(f'<a href="{address}" style="color:#46525f">{escape(letter.unsubscribe.label)}</a>')
    return "<br>".join(part for part in parts if part)
