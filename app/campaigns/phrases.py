"""Phrases in English and Welsh that tell what campaign files and finished letters say."""

import re


def any_of(phrases: str) -> re.Pattern[str]:
    """Compile a pattern that matches any of the phrases, one on each line, as whole words in any case.

    A space matches any white space, and ' either apostrophe.
    """
    lines = (re.sub(r" +", r"\\s+", line.strip()).replace("'", "[’']") for line in phrases.strip().splitlines())
    return re.compile(rf"(?<!\w)(?:{'|'.join(lines)})(?!\w)", re.IGNORECASE)


HELLO = r"(?:(?:my )?dear|annwyl|hello|hi|good (?:morning|afternoon|evening)|bore da|prynhawn da|nos da|a(?= chara))\b"
"""The beginning of a greeting in English or Welsh, or the Irish *A chara*."""

ASKS = re.compile(
    any_of(r"""
    please|kindly
    (?:will|would|could|can|might) (?:you|your)
    (?:I|we)(?: \w+){0,2} (?:ask|urge|call on|call upon|request|appeal|beg|invite|implore)
    (?:I|we)(?: am|'m| are|'re)(?: \w+)? (?:asking|urging|calling on|calling upon|requesting|appealing|inviting)
    (?:I|we)(?: \w+)? (?:need|want|expect|trust|would like|'d like|would love) (?:that )?(?:you|your|it if)
    (?:I|we)'d (?:like|love) (?:you|your|it if)
    (?:I|we|it)(?: would|'d| should)(?: \w+){0,2} (?:grateful|glad|pleased|thankful|appreciate|welcome)
    (?:I|we) hope (?:that )?you(?: will|'ll| can|r)
    you (?:should|must|can|could|need to|ought to)
    grateful if|let me know|my request|my question
    gofyn|wnewch|allwch|fyddech|os gwelwch yn dda|ddiolchgar|erfyn|annog|hoffwn
    """).pattern
    + r"|[?؟？]|(?:^|[.!:] |- )(?:vote|support|oppose|back|sign|raise|write|speak|stand up|press|tell|stop|save|end"
    r"|urge|meet|visit|reject|protect|call (?:on|for)|ask (?:the|for)|act (?:now|on|today|before))\b",
    re.IGNORECASE | re.MULTILINE,
)
"""Requests."""

ASKS_SUPPORTER = any_of(r"""
    (?:ask|asking|want|request|like|should|could) [^.?!\n]{0,60}(?:MP|they|them) (?:to )?do
    (?:ask|asking|request) (?:of )?(?:your|the) MP
    (?:gofyn|ofyn) [^.?!\n]{0,60}AS
""")
"""Questions that have supporters write what the letter asks for."""

ASKS_FOR_REPLY = any_of(r"""
    (?:your|a|an|for|any|early|written|full|prompt) (?:reply|answer|answers|response)
    the (?:reply|answer|answers|response)(?! (?:is|are|was|were|has|lies|to)\b)
    (?:I|we) (?:await|look forward to)
    (?:welcome|appreciate|value|know|learn) (?:what|how|whether|when|if)
    (?:welcome|appreciate|value|know|learn) your (?:thoughts|views?|opinion|position|stance)
    (?:please|you)(?: \w+){0,2} confirm|where (?:do )?you stand
    what (?:is|are) your (?:thoughts|views?|opinion|position|stance|plans?)|what do you (?:think|say|intend|plan)
    (?:reply|respond|answer)(?: back)? (?:to )?(?:me|us|this)|(?:write|get|report) back
    (?:please|you)(?: \w+){0,2} (?:reply|respond)
    (?:hear|hearing) (?:back )?from you|hear (?:what|how|whether|when|if|your)
    (?:tell|telling|inform|informing|let) (?:me|us)
    (?:send|sending|share with|forward|copy) (?:me|us)
    what (?:will|have|did) you|have you(?! (?:ever|noticed|seen|heard|read|been|felt|looked|thought|tried|walked)\b)
    ymateb|ateb|hateb|clywed|glywed|gwybod|wybod i mi
""")
"""Requests for an answer, or promises to wait for one."""

SALUTATION = re.compile(
    rf"(?!dear (?:is|are|was|were|to|as)\b){HELLO}[^\n,:.!?]{{0,70}}(?:[,:!.]|$)"
    r"|to (?:whom it may concern|(?:(?:my|your|our|the) )?(?:(?:local|own) )?(?:MPs?|AS|member of parliament|member"
    r"|representative|(?:right|rt) hon)\b[^\n,:.!?]{0,70})[,:!.]?$",
    re.IGNORECASE,
)
"""A first line that is a greeting or begins with one."""

SIGN_OFF = re.compile(
    r"(?:yours|your (?:constituent|obedient servant)|(?:with )?(?:my |very )?(?:kind|best|warm|all good)(?:est)?"
    r"(?: regards| wishes)|(?:with )?(?:regards|best wishes|many thanks|thanks|respectfully|sincerely|faithfully)"
    r"|yn gywir|yr eiddoch|cofion|gan ddiolch|diolch)(?: \w+){0,3}[,.!]?"
    r"|(?:in (?:solidarity|hope|peace|friendship|anticipation)|(?:all the )?best|cheers)[,.!]?"
    r"|an? (?:\w+ ){0,2}(?:constituent|resident|voter|citizen)[,.]?",
    re.IGNORECASE,
)
"""A line that ends a letter."""

_FOREIGN = "".join(rf"(?<!{end}\s)" for end in ("ese", "an", "ch", "eu", "i", "foreign", "(?-i:US)"))
_OF_ELSEWHERE = _FOREIGN + "".join(rf"(?<!{end}\s)" for end in ("ish", "uk", "senior"))
_IN_A_NAME = r"(?:advice|assembl(?:y|ies)|science|scientists?|uk)\b"
_HERE = (
    "(?:this|our|my|\ue000|(?:great )?britain|england|scotland|wales|northern ireland|the uk|the united kingdom|london"
    "|birmingham|manchester|leeds|liverpool|sheffield|bristol|newcastle|nottingham|glasgow|edinburgh|cardiff|belfast)"
)

VOTERS = any_of(rf"""
    (?:as|I am|I'm|we are|we're)(?: \w+){{0,4}} {_FOREIGN}citizens?(?! {_IN_A_NAME})
    as (?:an? )?(?:\w+ )?electors?
    voters?(?!-| (?:ID|identification|registration|turnout|suppression)\b)
    {_OF_ELSEWHERE}citizens?(?!'| of\b| {_IN_A_NAME})
    the citizens of {_HERE}
""")
"""Words that exclude people who write and cannot vote, but not words about people of other countries."""

_OF_A_QUOTATION = (
    r"pp?\. |[.…]+\]|\d|(?:sic|they|them|he|him|she|her|it|we|us|is|are|was|were|has|have|had|an?|the|and)\]"
)
"""Text in square brackets within a quotation: a page, a year, a pronoun."""

GAP = re.compile(
    r"\{\{[^{}\n]{0,80}\}\}|\{%[^%\n]{0,80}%\}|\{\{|\}\}|\{ ?[^\W\d][\w. ]{0,60}\}"
    rf"|\[(?!{_OF_A_QUOTATION})[^\]\n]{{0,60}}\]"
    r"|<[^\W\d][^<>\n:/@]{2,60}>"
    r"|\((?:insert|enter|delete|add (?:your|name|date|details|here|any|personal))\b[^)\n]{0,60}\)"
    r"|\(your (?:own|full|name|address|street|town|postcode|email|phone|constituency|mp|school|job|story)\b"
    r"[^)\n]{0,60}\)"
    r"|\(name of(?: \w+){1,3}\)"
    r"|\b(?:X{3,}|(?-i:TODO))\b|_{3,}|(?<!\S)(?:\.{5,}|…{3,})",
    re.IGNORECASE,
)
"""Blanks that nobody filled in: ``[your town]``, ``{name}``, ``{{ name }}``, ``(insert name)``, ``XXX``, ``____``."""
