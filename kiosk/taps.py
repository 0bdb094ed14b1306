"""How taps are named, so that the page and the greeter mean the same ones by it."""

OF_CONVERSATIONS = ("staff.", "find.", "household.", "test.")
"""How the taps begin that only a conversation understands."""
KEY = ".key"
"""How the taps end that type one more sign: they may come faster than the screen can draw what was typed."""
SAME_WHATEVER_IS_DRAWN = frozenset({"test.again", "test.done", "test.heard"})
"""Buttons of faces that change by themselves, which mean the same before and after the change."""
LEAVES = frozenset({"find.leave", "staff.leave"})
"""Buttons that mean the same on each face of a conversation: whoever wants to go may go, whatever came meanwhile."""
OPENS = ".open"
"""How the taps end that begin a conversation. One that goes on is not told: it is no touch, and nobody's wish."""
CALL_STAFF = "call_staff"
"""Somebody wants help, on any face. It ends a conversation, which is told of it so that it leaves nothing open."""


def is_of_a_conversation(what: str) -> bool:
    """Whether a tap of this name is one that only a conversation understands."""
    return what.startswith(OF_CONVERSATIONS)


def is_meant_for_the_face(what: str) -> bool:
    """Whether a tap of this name counts on the same face, though it was drawn anew since; others were meant for what
    was to be seen before."""
    return what.endswith(KEY) or what in SAME_WHATEVER_IS_DRAWN


def may_begin_one(what: str) -> bool:
    """Whether a tap of this name may begin a conversation."""
    return is_of_a_conversation(what) and what.endswith(OPENS)
