"""Door 2: staff in a browser. A page asks one service for one value, draws it, and decides nothing."""

from fastapi import FastAPI
from fastapi.staticfiles import StaticFiles
from nicegui import ui

from server.pages.context import ASSETS, ROOM, PagesContext
from server.pages.headers import SafeAnswers
from server.pages.inbox import add_inbox_page
from server.pages.kiosks import add_kiosks_page
from server.pages.languages import language_routes
from server.pages.member_cards import add_member_cards_page, card_routes
from server.pages.my import my_routes
from server.pages.phone_code import phone_routes
from server.pages.session import add_session_page
from server.pages.sign_in import sign_in_routes
from server.pages.staff import add_staff_page, staff_card_routes
from server.pages.stop_letters import stop_letters_routes
from server.pages.today import add_today_page


def attach(app: FastAPI, context: PagesContext) -> None:
    """Put the desk's pages on an app (`/`, `/inbox`, `/kiosks`, `/staff`, `/sign-in`, …), members' and `/assets/…`.

    Call it once, after every other route was added: what is not found among those is looked for among the pages.
    """
    app.add_middleware(SafeAnswers)
    app.mount(ASSETS, StaticFiles(directory=ROOM), name="assets")
    app.include_router(sign_in_routes(context))
    app.include_router(language_routes())
    app.include_router(phone_routes(context))
    if context.vault is not None:
        app.include_router(stop_letters_routes(context, context.vault))
        app.include_router(card_routes(context, context.vault))
        app.include_router(staff_card_routes(context, context.vault))
        app.include_router(my_routes(context, context.vault))
        add_member_cards_page(context, context.vault)
        add_staff_page(context, context.vault)
    add_today_page(context)
    add_session_page(context)
    add_inbox_page(context)
    add_kiosks_page(context)
    ui.run_with(app, title="Tessera", tailwind=False, show_welcome_message=False, reconnect_timeout=10.0)
