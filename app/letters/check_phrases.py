"""Phrases that ``app.letters.checks`` looks for."""

import re

from app.campaigns.phrases import HELLO, any_of

EMPTY_SUBJECTS = frozenset(
    "hi|hello|dear mp|dear sir|dear madam|letter|a letter|my letter|to my mp|letter to my mp|letter to mp|urgent"
    "|very urgent|important|very important|please read|read this|help|please help|question|a question|complaint"
    "|a complaint|message|a message|subject|no subject|none|test|email|e mail|request|enquiry|my concerns|concern"
    "|concerns|issue|issues|constituent|your constituent|from a constituent|for your attention".split("|")
)
"""Subjects that say nothing, in small letters and without punctuation."""

REPLY_PREFIX = re.compile(r"(?:re|fwd?|aw)\s*:", re.IGNORECASE)
"""The beginning of a reply's subject."""

GREETING = re.compile(rf"{HELLO} *(?P<name>[^\n]*)", re.IGNORECASE)
"""A greeting in English or Welsh, or the Irish *A chara*."""

GREETING_ALONE = re.compile(
    rf"(?:{HELLO}[^\n,:.!?]{{0,70}}(?:[,:!]|(?=\n|$))|[^\n,]{{1,70}},(?=\n|$))\s*", re.IGNORECASE
)
"""A greeting, or a line that ends like one, up to where the letter begins."""

QUOTED = re.compile(r"“[^”\n]{0,400}”|\"[^\"\n]{0,400}\"|‘[^’\n]{0,400}(?:’\w[^’\n]{0,400}){0,9}’(?!\w)")
"""A quotation: somebody else's words, which are not the writer's fault."""

CAPITALS = re.compile(r"(?<![\w&])[A-ZÀ-ÖØ-ÞŴŶ]{2,}(?:[ ’'\-]+[A-ZÀ-ÖØ-ÞŴŶ]+)+(?!\w)")
"""Two words or more in capitals, acronyms included."""

PLAIN_WORDS = frozenset(
    "the and not you your this that must will we are do help please no never my have had why stop now".split()
)
"""Words that are never acronyms."""

SHOUTED_MARKS = re.compile(r"[!?]{3,}|!!|\?\?")

_WILL = r"(?:'ll| will| would| could| should| ought to| want to|'m going to| am going to|'re going to| are going to)"
_SOMEBODY = rf"(?:I|we|someone|somebody){_WILL}?"
_I_WILL = r"(?:I|we)(?:'ll| will|'m going to| am going to|'re going to| are going to)"
_YOU_SHOULD = r"(?:you|they|MPs|politicians|ministers|of you)(?: all| lot)? (?:ought to|should|need to|deserve to)"
_END = r"(?=\s*?(?:[.!?,;\n]|$))"

THREATS = any_of(rf"""
    {_SOMEBODY} (?:kill|shoot|stab|hang|strangle|rape|hurt|harm) you(?! an? | the )
    {_SOMEBODY} (?:burn|bomb|torch|smash)(?: down| up)? your (?:house|home|office|car|windows)
    {_I_WILL} (?:destroy|ruin|finish) you
    {_I_WILL} make you (?:pay|suffer|sorry)
    {_I_WILL} (?:get|find|come for|come after) you{_END}
    (?:I'm|I am|we're|we are) coming (?:for|after) you{_END}
    you(?:'ll| will|'re going to| are going to) (?:pay for|regret) (?:this|it|that)
    you(?:'ll| will) be sorry{_END}
    you(?:'ll| will) get what(?:'s| is) coming
    (?:know|find out) where you(?:r (?:family|wife|husband|children|kids))? (?:lives?|sleeps?|go(?:es)? to school)
    watch your back{_END}
    you(?:'d| had)? better watch (?:out|yourself|your step)
    your days are numbered
    or else(?=[.!])
    {_YOU_SHOULD} (?:hang|suffer|die(?! with| in| at))
    {_YOU_SHOULD} be (?:shot|hanged|hung|killed|stabbed|strung up)
    you(?: all| lot)? (?:need|want|deserve) (?:shooting|hanging|a bullet|a (?:good )?(?:beating|kicking))
    hang (?:them|you) all|string (?:them|you) up
    (?:burn|rot) in hell
    (?:just|you can|go and|hope you) drop dead|(?:just|go and) kill yourself
    hope you(?: all)? (?:die|rot|suffer|burn|get cancer)|I (?:want|wish) you dead
    I hope (?:that )?(?:someone|somebody) (?:kills|shoots|stabs|hurts) you
    you(?:'re| are) (?:a )?dead(?: man| woman| meat)?(?=[.!,]|$)
""")
"""Phrases that can be read as a threat."""

_NAMES = (
    r"(?:scum(?:bags?)?|traitors?|idiots?|morons?|imbeciles?|cretins?|fools?|clowns?|cowards?|crooks?|liars?"
    r"|hypocrites?|bitch(?:es)?|whores?|sluts?|witch|cow|pigs?|pricks?|tossers?)"
)
_VERMIN = r"(?:vermin|parasites?|cockroach(?:es)?|leech(?:es)?)"
_BAD = r"(?:stupid|pathetic|useless|worthless|spineless|gutless|evil|vile|corrupt|disgusting|lying|ignorant)"
_ALL = r"(?: (?:all|just|nothing but|no better than|such|an?|the|lot|bunch|pack|of))*"
_VERY = r"(?: (?:bloody|complete|total|utter|absolute|little|old|and))*"
_THEM = r"(?:MPs|politicians|ministers|your party|(?:this|the|your) government)"

ABUSE = any_of(rf"""
    you(?:'re| are){_ALL}{_VERY}(?: {_BAD})* (?:{_NAMES}|{_VERMIN}|{_BAD}|disgrace)
    {_THEM} (?:is|are){_ALL}{_VERY}(?: {_BAD})* (?:{_NAMES}|{_VERMIN})
    you(?: bunch of| lot of| pack of)?{_VERY}(?: {_BAD})* {_NAMES}{_END}
    you {_BAD} (?:man|woman|people|lot|government)
    (?:bunch|pack|load|shower|gang) of(?: \w+)? {_NAMES}
    {_NAMES} (?:like you|in (?:Westminster|Parliament|government|Downing Street))
    wankers?|arseholes?|assholes?|cunts?|twats?|dickheads?|bastards?
    f[u*]+c?k\w*|f\*{{2,}}|bullshit\w*|shit(?:ty|head|show)s?|bollocks
    you(?:'re| are) full of (?:shit|crap)
    (?:just|so|oh) shut up|piss(?:ed)? off|go to hell(?! and back)
    shame on you|you(?: all| people| lot)? (?:make me sick|disgust me)
""")
"""Phrases that get a letter put aside.

Hard words count only where they are aimed at somebody: letters are also about people who are called such names, about
sewage and about rats.
"""

ENGLISH_OR_WELSH = re.compile(r"\b(?:the|and|is|that|you|your|yn|mae)\b", re.IGNORECASE)
"""Common words, which show that a letter is in English or Welsh."""
