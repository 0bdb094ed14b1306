"""THE RULES: what a studio is and what it decides. Standard library only, every file pure.

The house
=========

::

    core/       the rules            decides; knows no clock, database, screen or network
    server/     the studio's memory  what happened, for every venue; staff's pages; the nights
    kiosk/      the front door       reads a card, asks or decides, shows, remembers, tells
    assets/     what is drawn with   colours, letters, sounds, icons
    tessera.py  the front door of the command line

Which way the arrows run::

    server/api   server/pages   server/jobs            kiosk/camera     kiosk/pages
          \\           |            /                        └──> greeter <──┘
           └──>  server/services  <┘                                v
                      v                            server_client <─ desk ─> kiosk/store
                server/store                                │                   │
                      └───────────────> core <──────────────┴───────────────────┘

``server`` and ``kiosk`` never import each other: they meet over HTTP, in core's own types. One test walks every import.

This room
=========

    model       the nouns                             policy      every number a studio may change; windows
    facts       all that may be known at a decision   checkin     decide(facts, policy, at): Admitted, Refused, Choose
    paying      which pass pays, or why none does     visits      what a punch pays for, as a key
    reserving   may a place be taken, or given up     attendance  what the night makes of the day
    refusals    every way to say no (closed list)     decisions   what a decision can be
    cards       the text in a card's code             clocktime   instants, local days, wall clocks
    protocol    what kiosk and server say             wire        that as JSON, and back
    messages    every sentence a person reads         locale      the catalogues, by language
    errors      what was asked for cannot be done     ids         ids that sort by when they were made
    chains      is a row of attempts whole            exported    a kiosk emptied by hand, as a file
    staff_cards the text in a staff card's code       pins        how often a PIN may be tried

The words
=========

    organization, venue, room   who runs it; a place with a time zone; a space in it
    member, household           a person who belongs; members who check in together
    card, card code             what a member shows; the text in its QR code
    pass, pass plan             the right to come in; what is sold, of which a pass is one
    punch                       one use of a punch pass: a row in the ledger, never a counter
    hold                        one punch set aside for a reservation
    class type, course, part    what is taught; a series of parts; one step of it
    session                     one class at a time and place
    reservation                 a member's place in a session
    window                      when check-in is open: from, up to but not including
    policy                      the numbers a studio may change, versioned (settings are per installation)
    facts                       all that may be known about one person at a decision
    attempt                     a card was shown, or staff acted; never changed afterwards
    check-in, visit             a person came in; what one punch pays for, under one visit key
    support                     what one attempt says of a visit: welcome, or not
    refusal                     the door said no, for a reason (an everyday answer, not an error)
    override                    staff lifted one reason for one member for a while
    disputed                    recorded as a kiosk told it; the server would have said no
    no-show, suspension         a reservation nobody came for; a span without reserving and checking in
    barrier                     every kiosk of a venue has told all it knew from before a moment
    kiosk, device               the stand at the door; its identity on the server
    replica, journal, outbox    the kiosk's copy of facts; what happened here; the part of it not confirmed yet

An instant ends in ``_at`` and is aware and UTC; a length is a ``timedelta``; truths begin with ``is_``, ``has_``,
``may_``. A pure function is named for its result, an action for its verb.
"""
