"""Sends webhooks: https to the open internet only, each name looked up once and the connection made to what was found.

No redirect is followed, no proxy is asked, no answer's body is read, and the whole of a call has a deadline.
"""

import asyncio
import logging
import secrets
import socket
import ssl
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field

import httpx

from core.addresses import Target, is_loopback, is_public, parsed
from core.errors import Invalid
from core.hooks import Answer, HookTrouble, Outgoing

log = logging.getLogger(__name__)

Resolve = Callable[[str, int], Awaitable[Sequence[str]]]
"""The IP addresses of a name, as text. Raises `OSError`."""


async def looked_up(host: str, port: int) -> Sequence[str]:
    """By the machine's own resolver."""
    found = await asyncio.get_running_loop().getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(address[0]) for *_, address in found))


@dataclass(frozen=True, kw_only=True, slots=True)
class HookPost:
    """`call_seconds` for one call from its first look-up to its answer's headers; `batch_seconds` until no new call is
    begun. `may_call_itself`: for tests, http and https to this machine's loopback are allowed, and nothing else more.
    """

    call_seconds: float = 10.0
    batch_seconds: float = 15.0
    may_call_itself: bool = False
    resolve: Resolve = field(default=looked_up)
    trusted: ssl.SSLContext | None = None

    def send(self, calls: Sequence[Outgoing]) -> Mapping[str, Answer]:
        """By call id. Those to one address one after another, and no further after one that failed."""
        by_endpoint: dict[str, list[Outgoing]] = {}
        for call in calls:
            by_endpoint.setdefault(call.endpoint_id, []).append(call)
        return asyncio.run(self._send_all(list(by_endpoint.values())))

    async def _send_all(self, rows: Sequence[Sequence[Outgoing]]) -> Mapping[str, Answer]:
        ends_at = asyncio.get_running_loop().time() + self.batch_seconds
        answers: dict[str, Answer] = {}
        context = self.trusted or ssl.create_default_context()

        async def one_after_another(row: Sequence[Outgoing]) -> None:
            for call in row:
                if asyncio.get_running_loop().time() >= ends_at:
                    return
                try:
                    answers[call.call_id] = await self._sent(call, context)
                except Exception:
                    # Whatever one address brings about, the calls to the others go on.
                    log.exception("failure %s in the webhook call %s", secrets.token_hex(4), call.call_id)
                    answers[call.call_id] = Answer(trouble=HookTrouble.NO_CONNECTION)
                if not answers[call.call_id].is_delivered:
                    return

        await asyncio.gather(*(one_after_another(row) for row in rows))
        return answers

    async def _sent(self, call: Outgoing, context: ssl.SSLContext) -> Answer:
        try:
            async with asyncio.timeout(self.call_seconds):
                return await self._asked(call, context)
        except TimeoutError:
            return Answer(trouble=HookTrouble.TOO_SLOW)
        except Invalid:
            return Answer(trouble=HookTrouble.INSIDE)
        except httpx.TimeoutException:
            return Answer(trouble=HookTrouble.TOO_SLOW)
        except httpx.ConnectError as trouble:
            is_tls = isinstance(_root_of(trouble), ssl.SSLError)
            return Answer(trouble=HookTrouble.NOT_TRUSTED if is_tls else HookTrouble.NO_CONNECTION)
        except httpx.ProtocolError:
            return Answer(trouble=HookTrouble.NOT_HTTP)
        except (httpx.HTTPError, httpx.InvalidURL, ssl.SSLError, OSError) as trouble:
            log.info("The webhook call %s did not go through: %s", call.call_id, type(trouble).__name__)
            return Answer(trouble=HookTrouble.NO_CONNECTION)

    async def _asked(self, call: Outgoing, context: ssl.SSLContext) -> Answer:
        """Raises `Invalid` for an address that lies inside; `OSError` and httpx's own."""
        target = parsed(call.url)
        try:
            found = await self.resolve(target.host, target.port)
        except (OSError, UnicodeError):
            return Answer(trouble=HookTrouble.NO_ADDRESS)
        address = self._permitted(target, found)
        if address is None:
            return Answer(trouble=HookTrouble.INSIDE if found else HookTrouble.NO_ADDRESS)
        # The connection goes to the address that was looked at: a name asked twice can answer twice.
        url = httpx.URL(call.url).copy_with(host=address)
        headers = {**call.headers, "host": _host_header(target)}
        async with (
            httpx.AsyncClient(verify=context, follow_redirects=False, trust_env=False, http2=False) as client,
            client.stream(
                "POST",
                url,
                content=call.body,
                headers=headers,
                extensions={"sni_hostname": target.host},
                timeout=self.call_seconds,
            ) as response,
        ):
            return _answer_of(response.status_code)

    def _permitted(self, target: Target, found: Sequence[str]) -> str | None:
        """The address to connect to. None: one of them is inside, so whoever owns the name may choose which is met."""
        if self.may_call_itself and found and all(is_loopback(address) for address in found):
            return found[0]
        if target.scheme != "https" or not found or not all(is_public(address) for address in found):
            return None
        return found[0]


def _answer_of(status: int) -> Answer:
    if 200 <= status < 300:
        return Answer(status=status)
    return Answer(status=status, trouble=HookTrouble.REDIRECTED if 300 <= status < 400 else HookTrouble.REFUSED)


def _host_header(target: Target) -> str:
    """With the port where it is not the scheme's own."""
    host = f"[{target.host}]" if ":" in target.host else target.host
    return host if target.port == (443 if target.scheme == "https" else 80) else f"{host}:{target.port}"


def _root_of(error: BaseException) -> BaseException:
    while (cause := error.__cause__ or error.__context__) is not None:
        error = cause
    return error
