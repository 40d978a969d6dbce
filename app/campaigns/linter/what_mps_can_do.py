"""Phrases in English and Welsh for requests that some MPs cannot grant, and for those that every MP can."""

from app.campaigns.phrases import any_of

_A_FEW_WORDS = r"(?:\S+ ){0,6}"

_MOTION = r"motions?(?! pictures?\b)"
_HOUSE = r"(?:house of commons|commons|house|chamber|parliament)"
_GOVERNMENT = r"(?:secretary|secretaries|ministers?|chancellor|government)"
_PRESS = r"(?:ask|asking|press|pressing|urge|urging|call on|call upon|write to|lobby)"

PASSED_ON = any_of(rf"""
    {_PRESS} (?:(?!questions?\b|debates?\b)\S+ ){{0,6}}{_GOVERNMENT}(?:(?! (?:and|then) )[^,;]){{0,200}}
""")
"""Requests to press the Government for something, which every MP can do whatever it is."""

BARRED = any_of(rf"""
    (?:sign|signing|add your name to|put your name to|co-?sign|back|support|table|tabling) {_A_FEW_WORDS}{_MOTION}
    (?:early day motions?|EDMs?)
    (?:table|tabling|second|sponsor|co-?sponsor|propose|move) {_A_FEW_WORDS}(?:amendments?|bill|questions?)
    (?:ask|asking|put|put down|submit|submitting|raise) (?:an? )?(?:urgent|written|oral|parliamentary) questions?
    (?:support|back|oppose|reject|accept) {_A_FEW_WORDS}(?:bill|amendments?|clauses?|reading)
    (?:attend|speak|take part|join|call for|apply for|secure|request|lead|hold) {_A_FEW_WORDS}debates?
    (?:(?:speak|raise)(?: \S+){{0,2}}|(?:speak|stand) up(?: \S+){{0,4}}) in (?:the )?{_HOUSE}
    (?:prime minister's questions|PMQs)
""")
"""Requests that the Speaker, ministers and MPs who do not sit cannot grant."""

VOTES = any_of(r"""
    (?:vote|voting) (?:for|against|in favour|with|on|to|down|yes|no|that|it|this)
    (?:to|you|will|please) vote|your vote
    pleidleisio|bleidleisio
""")
"""Requests to vote, which ministers can grant, but the Speaker and MPs who do not sit cannot."""

WITHIN_REACH = any_of(rf"""
    (?:write|writing|speak|talk) to
    (?:raise|take) {_A_FEW_WORDS}with
    {_PRESS} {_A_FEW_WORDS}(?:{_GOVERNMENT}|colleagues|council|trust|board)
    meet|visit|come (?:to|and)|reply|help|tell me|send me
    ysgrifennu|ymweld|cwrdd
""")
"""Requests that every MP can grant."""
