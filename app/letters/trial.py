"""A trial of a campaign's letter: how it comes out on paper, with answers like those that supporters give."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from itertools import cycle

from app.campaigns.campaign import Campaign
from app.campaigns.problems import Problem, Severity
from app.campaigns.template.liquid import TemplateError
from app.i18n.languages import LANGUAGES
from app.i18n.translate import gettext as _
from app.i18n.translate import gettext_noop, use_locale
from app.letters.composition import Composition
from app.letters.letter import Letter, LetterTooLong, Proof, Sender
from app.letters.paper.pdf_pool import PdfFailed, PdfPoolBusy
from app.letters.sample_members import SampleMember, sample_members
from app.mp.people import Seat

_STREET, _TOWN = gettext_noop("14 Example Street"), gettext_noop("Sampleton")
WORDS_OF_AN_ANSWER = 40  # what people type into a box, when they type more than a line

_TEXTS = (
    gettext_noop(
        "I have lived here for many years, and this matters to me and to the people I love. Last spring I saw for "
        "myself what it means, and I have thought of it ever since. It must not go on."
    ),
    gettext_noop(
        "My neighbour told me about it first, and I did not want to believe her. Since then I have read what I could "
        "find. I talk about it at work, and I hear the same worry from many others."
    ),
    gettext_noop(
        "What I hope for is quite simple: that those who can change it look at it closely, and then do so. I would be "
        "glad to tell you more about it, here or when you next come to our town."
    ),
)
"""About forty words each, for one question after the other."""
_TOO_LONG = gettext_noop(
    "with answers of %(words)d words the letter is too long to be sent: supporters would be asked to "
    "shorten it themselves, so shorten it here, or ask fewer questions"
)
_NOT_TRIED = gettext_noop(
    "the letter could not be tried on paper just now, so this says nothing of how many pages it takes; check it again "
    "in a moment"
)
_ANY_DAY = date(2026, 9, 30)  # as long as a date gets


def sample_sender(campaign: Campaign) -> Sender:
    """Return an invented writer, with an address in the campaign's language."""
    with use_locale(LANGUAGES[campaign.language]):
        return Sender("Alex Sample", (_(_STREET),), _(_TOWN), "SW1A 1AA")


def sample_answers(campaign: Campaign) -> Mapping[str, str]:
    """Return an answer to every question, by question id, in the campaign's language."""
    with use_locale(LANGUAGES[campaign.language]):
        texts = list(zip(campaign.questions, cycle(map(_, _TEXTS)), strict=False))
    return {question.id: _first_words(text, min(question.max_words, WORDS_OF_AN_ANSWER)) for question, text in texts}


def _first_words(text: str, count: int) -> str:
    return " ".join(text.split()[:count]).rstrip(".,") + "." * (count > 1)


def advice_on_paper(campaign: Campaign, seats: Sequence[Seat], proof: Callable[[Letter], Proof]) -> list[Problem]:
    """Return what is wrong with the letter as it will be sent, to the sample member with the longest letter.

    ``proof`` is one of a ``PdfPool``. The campaign is one that ``check`` has passed.
    """
    try:
        letters = [sample_composition(campaign, sample, _ANY_DAY).letter for sample in sample_members(seats)]
        longest = max(letters, key=lambda letter: (len(letter.body), len(letter.recipient)))
        return _advice_on_proof(campaign, proof(longest))
    except LetterTooLong:
        return [_advice(campaign, _(_TOO_LONG, words=WORDS_OF_AN_ANSWER))]
    except TemplateError as error:
        says = _(
            "the letter does not come out for every MP, and their constituents could not send it: %(error)s",
            error=error,
        )
        return [_advice(campaign, says)]
    except (PdfPoolBusy, PdfFailed):  # the file is not to blame, but nobody has looked
        return [_advice(campaign, _(_NOT_TRIED))]


def sample_composition(campaign: Campaign, sample: SampleMember, day: date) -> Composition:
    """Return the letter from an invented writer to one of the sample members, to be composed."""
    return Composition(
        campaign, sample.member, sample.constituency, sample_sender(campaign), sample_answers(campaign), day
    )


def _advice_on_proof(campaign: Campaign, proof: Proof) -> list[Problem]:
    says = []
    if proof.pages > 1:
        says.append(
            _(
                "with answers of %(words)d words the letter takes %(pages)d pages on paper; shorten it to one, which "
                "is more likely to be read to its end",
                words=WORDS_OF_AN_ANSWER,
                pages=proof.pages,
            )
        )
    if proof.unprintable:
        says.append(
            _(
                "there is no font for %(listed)s: on paper there would be a box; use other characters",
                listed=" ".join(proof.unprintable[:10]),
            )
        )
    return [_advice(campaign, text) for text in says]


def _advice(campaign: Campaign, text: str) -> Problem:
    """Return advice, never an error: the site does not try letters out, and shows the campaign all the same."""
    return Problem(campaign.body_line, text, Severity.ADVICE)
