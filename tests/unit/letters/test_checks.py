"""What is worth another look before a letter is sent; and, as important, what is not."""

from dataclasses import replace
from datetime import date

import pytest

from app.campaigns.library import CampaignLibrary
from app.letters.checks import Check, checks
from app.letters.composition import Composition
from app.letters.letter import Letter, Proof, Sender
from app.mp.people import ComingMember, Constituency, Member
from app.mp.snapshot.snapshot import Snapshot
from config import ROOT
from tests.conftest import SENDER

ABBOTT = Member(172, "Ms Diane Abbott", "Rt Hon Diane Abbott MP", "Ms Abbott", "Labour")
STARMER = Member(4514, "Keir Starmer", "Rt Hon Sir Keir Starmer MP", "Sir Keir", "Labour", "Prime Minister")
BLAKE = Member(5147, "Rachel Blake", "Rachel Blake MP", "", "Labour")
ROBERTS = Member(4493, "Liz Saville Roberts", "Rt Hon Liz Saville Roberts MP", "", "Plaid Cymru")
ONE_PAGE = Proof(1)
SUBJECT = "The bus to the hospital"
ANSWERS = {
    "connection": "My neighbour is Uyghur, and she waits for news of her brother.",
    "hope": "I have stopped buying cotton that nobody can trace.",
    "topic": SUBJECT,
    "story": "My mother waits an hour for the bus to her dialysis, in the rain.",
    "ask": "Please write to the Transport Secretary.",
}


def letter(
    text: str = "My mother waits for the bus.", greeting: str = "Dear Ms Abbott,", subject: str = SUBJECT
) -> Letter:
    return Letter(
        sender=SENDER,
        recipient=ABBOTT.address_block,
        email="",
        date=date(2026, 11, 22),
        subject=subject,
        body=f"{greeting}\n\n{text}\n\nWill you ask the minister about it?\n\nYours sincerely,\n\n{SENDER.name}",
    )


def remarks(made: Letter, member: Member = ABBOTT, proof: Proof = ONE_PAGE) -> list[Check]:
    """What is said of a letter. Whatever it quotes can be found where it says."""
    found = checks(made, member, proof)
    for check in found:
        assert check.where in ("subject", "body", "address")
        assert check.quote in (made.subject if check.where == "subject" else made.body)
        assert len(check.says) < 200
    return found


def said(made: Letter, member: Member = ABBOTT) -> str:
    return " ".join(check.says for check in remarks(made, member))


@pytest.mark.parametrize("answers", [ANSWERS, {}])
def test_nothing_is_said_of_the_campaigns_own_letters(snapshot: Snapshot, answers: dict[str, str]) -> None:
    """Whoever the member is, among them the Speaker and those who abstain."""
    for campaign in CampaignLibrary(ROOT / "letter_templates").all().values():
        own = {question.id: answers.get(question.id, "") for question in campaign.questions}
        for seat in snapshot.seats:
            member = seat.member or ComingMember.for_constituency(seat.constituency)
            made = Composition(campaign, member, seat.constituency, SENDER, own, date(2026, 11, 22)).letter
            found = remarks(made if answers else replace(made, subject=SUBJECT), member)
            if answers or campaign.slug == "uyghurs":
                assert found == []
            else:
                assert [check.says[:28] for check in found] == ["The letter asks for nothing."]


def test_nothing_is_said_of_a_follow_up(snapshot: Snapshot) -> None:
    for campaign in CampaignLibrary(ROOT / "letter_templates").all().values():
        own = {question.id: ANSWERS[question.id] for question in campaign.questions}
        for seat in snapshot.seats[::50]:
            assert seat.member
            days = date(2026, 11, 22), date(2026, 11, 1)
            made = Composition(campaign, seat.member, seat.constituency, SENDER, own, *days).letter
            assert remarks(made, seat.member) == []


@pytest.mark.parametrize(
    "subject", ["Hello", "URGENT", "dear mp", "Letter to my MP", "Help!", "...", "123", "a", "—", ""]
)
def test_a_subject_that_says_nothing(subject: str) -> None:
    assert said(letter(subject=subject)).startswith("The subject does not say what the letter is about")


@pytest.mark.parametrize(
    "subject",
    [
        "HS2",
        "M4",
        "NHS",
        "UK NHS",
        "SEND and EHCPs",
        "PIP, ESA and DWP delays",
        "Y bws i’r ysbyty",
        "巴士",
        "حافلة",
        "Help for Ukraine",
    ],
)
def test_a_subject_may_be_short(subject: str) -> None:
    assert remarks(letter(subject=subject)) == []


def test_a_subject_may_not_be_long_or_loud_or_false() -> None:
    assert said(letter(subject="The bus to the hospital, " * 5)).startswith("The subject is long")
    (shouted,) = remarks(letter(subject="STOP THE CLOSURE OF OUR LIBRARY"))
    assert (shouted.where, shouted.quote) == ("subject", "STOP THE CLOSURE OF OUR LIBRARY")
    assert "reads as shouting" in shouted.says
    for answer in ("Re: your letter", "RE : the bus", "Fwd: the bus", "FW: the bus"):
        assert said(letter(subject=answer)).startswith("The subject looks like the answer")
    assert remarks(letter(subject="Reform of the Lords: regarding Bill 12")) == []
    assert "gap" in said(letter(subject="Sewage in [your town]"))


@pytest.mark.parametrize(
    ("greeting", "member"),
    [
        ("Dear Rachel,", BLAKE),
        ("Dear Rachel Blake,", BLAKE),
        ("Dear Ms Blake", BLAKE),
        ("Hello Rachel,", BLAKE),
        ("Dear Ms Abbott,", ABBOTT),
        ("dear ms abbott", ABBOTT),
        ("Dear Diane:", ABBOTT),
        ("Dear Sir Keir,", STARMER),
        ("Dear Prime Minister,", STARMER),
        ("Dear Mr Starmer, I write again", STARMER),
        ("Dear Mr Speaker,", ABBOTT),
        ("Dear Secretary of State,", ABBOTT),
        ("Dear Madam,", ABBOTT),
        ("Dear Sir,", STARMER),
        ("Dear Sir or Madam,", ABBOTT),
        ("Dear MP,", ABBOTT),
        ("Dear Member of Parliament,", ABBOTT),
        ("Annwyl Liz Saville Roberts,", ROBERTS),
        ("Annwyl Ms Saville Roberts,", ROBERTS),
        ("Annwyl Syr,", STARMER),
        ("Bore da Liz,", ROBERTS),
        ("A chara,", ABBOTT),
        ("12 Example Street\nLlanfair\n\nDear Diane Abbott,", ABBOTT),
        ("السيدة ديان أبوت المحترمة، " + "أكتب إليك عن جارتي التي تنتظر أخبار أخيها. " * 9, ABBOTT),
        ("Szanowna Pani Poseł,", replace(ABBOTT, name="Łucja Żak")),
        ("Dear Siân,", replace(ABBOTT, name="Sian Berry")),
        ("Dear Ms O’Brien,", replace(ABBOTT, name="Ms Niamh O'Brien")),
    ],
)
def test_a_greeting_may_be_another_than_ours(greeting: str, member: Member) -> None:
    text = "Moja matka czeka na autobus." if "Pani" in greeting else "My mother waits for the bus."
    made = letter(text, greeting)
    if "Pani" in greeting:
        made = replace(made, body=made.body.replace("Will you ask the minister about it?", "Proszę o pomoc."))
    assert remarks(made, member) == []


@pytest.mark.parametrize(
    ("greeting", "says"),
    [
        ("Dear ,", "names nobody"),
        ("Dear", "names nobody"),
        ("Dear Mr ,", "names nobody"),
        ("Dear Ms", "names nobody"),
        ("Dear [name],", "names nobody"),
        ("Dear {{ member.name }},", "names nobody"),
        ("Annwyl ,", "names nobody"),
        ("Dear Rachel,", "somebody else"),
        ("Dear Mr Corbyn,", "somebody else"),
        ("To whom it may concern", "no greeting"),
        ("I write about the bus.", "no greeting"),
    ],
)
def test_a_greeting_must_name_the_member(greeting: str, says: str) -> None:
    found = remarks(letter(greeting=greeting))
    assert says in found[0].says
    assert found[0].quote == greeting
    assert "Dear Ms Abbott," in found[0].says or "Ms Diane Abbott" in found[0].says


@pytest.mark.parametrize("street", ["x", "12", "n/a", "1 A", "...", "- -", "?"])
def test_a_street_that_is_none(street: str) -> None:
    (check,) = remarks(replace(letter(), sender=Sender("Siân Example", (street, ""), "Llanfair", "SW1A 1AA")))
    assert check.where == "address"
    assert f"“{street}”" in check.says


@pytest.mark.parametrize(
    "street",
    [("12 Example Street",), ("Hafod",), ("Tŷ Ni",), ("Flat 2", "1 The Mews"), ("10", "High St"), ("شارع المثال ١٢",)],
)
def test_a_street_may_be_short(street: tuple[str, ...]) -> None:
    assert remarks(replace(letter(), sender=Sender("Siân Example", street, "Llanfair", "SW1A 1AA"))) == []


@pytest.mark.parametrize(
    ("text", "quote"),
    [
        ("I live in [your town].", "[your town]"),
        ("I live in [INSERT TOWN HERE].", "[INSERT TOWN HERE]"),
        ("I am a [ ] of the area.", "[ ]"),
        ("I live in {{ sender.town }}.", "{{ sender.town }}"),
        ("{% if member.abstains %}I know", "{% if member.abstains %}"),
        ("I am {{name}, and I live here.", "{{"),
        ("I live in <your town>.", "<your town>"),
        ("My name is (insert name).", "(insert name)"),
        ("I am (delete as appropriate) a patient.", "(delete as appropriate)"),
        ("(add your own story here)", "(add your own story here)"),
        ("I work at (name of school).", "(name of school)"),
        ("I work at (your school).", "(your school)"),
        ("My name is XXX.", "XXX"),
        ("My name is xxxx.", "xxxx"),
        ("TODO: say why.", "TODO"),
        ("My name is ____.", "____"),
        ("My name is ........ and I live here", "........"),
    ],
)
def test_a_gap_that_was_to_be_filled_in(text: str, quote: str) -> None:
    (check,) = remarks(letter(text))
    assert check.quote == quote
    assert "looks like a gap" in check.says


@pytest.mark.parametrize(
    ("text", "quote"),
    [
        ("MY MOTHER HAS WAITED FOR A YEAR.", "MY MOTHER HAS WAITED FOR A YEAR"),
        ("I AM FURIOUS about it.", "AM FURIOUS"),
        ("STOP IT NOW.", "STOP IT NOW"),
        ("It is A COMPLETE SCANDAL.", "COMPLETE SCANDAL"),
        ("We have HAD ENOUGH.", "HAD ENOUGH"),
        ("MAE’R BWS YN HWYR BOB DYDD.", "MAE’R BWS YN HWYR BOB DYDD"),
        ("Wake up!!!", "!!!"),
        ("Really?! Now?!?!", "?!?!"),
        ("What??", "??"),
        ("Thank you!!", "!!"),
    ],
)
def test_shouting(text: str, quote: str) -> None:
    (check,) = remarks(letter(text))
    assert check.quote == quote
    assert "reads as shouting" in check.says


@pytest.mark.parametrize(
    "text",
    [
        "I will kill you.",
        "I'll find you.",
        "I’ll kill you",
        "Someone should shoot you.",
        "somebody ought to stab you",
        "We are going to burn down your house.",
        "I am going to destroy you.",
        "I will make you pay for it.",
        "We are coming for you.",
        "You will pay for this.",
        "You’ll regret this.",
        "You'll be sorry.",
        "You will get what's coming to you.",
        "I know where you live.",
        "I know where your children go to school",
        "I will find out where you live.",
        "Watch your back.",
        "You had better watch yourself.",
        "Your days are numbered.",
        "Do as I say, or else.",
        "You deserve to die.",
        "All MPs should be hanged.",
        "You all need shooting.",
        "Hang them all.",
        "Rot in hell.",
        "I hope you die.",
        "I hope somebody stabs you.",
        "You're dead.",
        "Just drop dead.",
    ],
)
def test_threats(text: str) -> None:
    (check,) = remarks(letter(text))
    assert check.quote
    assert "can be read as a threat" in check.says


@pytest.mark.parametrize(
    "text",
    [
        "You are an idiot.",
        "You’re all liars.",
        "You are nothing but scum.",
        "You are a complete and utter disgrace.",
        "You are corrupt.",
        "you moron",
        "You bloody fool.",
        "You stupid woman.",
        "You bunch of lying crooks.",
        "Traitors like you sold us out.",
        "The idiots in Westminster have no clue.",
        "MPs are parasites.",
        "This government is a bunch of crooks.",
        "It is a load of bollocks.",
        "What the f*** is going on?",
        "It is f**king late.",
        "Those bastards!",
        "Piss off.",
        "Just shut up and listen.",
        "Go to hell.",
        "Shame on you.",
        "You make me sick.",
    ],
)
def test_abuse(text: str) -> None:
    (check,) = remarks(letter(text))
    assert check.quote
    assert "may get the letter put aside" in check.says


@pytest.mark.parametrize(
    "text",
    [
        # Of capitals
        "I live in Stoke-on-Trent, near the A500, and I use the NHS.",
        "The UK NHS and NHS England, the RCN and the BMA agree.",
        "SEND reviews and EHCPs take years, and CAMHS has a waiting list.",
        "The PSNI, NIHE, DUP, SDLP and UUP agree.",
        "UNISON, NASUWT, DEFRA and UNICEF UK wrote to HMRC and the DWP.",
        "COVID-19 and LGBTQ+ rights matter to A&E staff.",
        "It is SHOCKING, and I was VERY upset.",
        "The BBC ONE programme was on ITV HD too.",
        "The bill (HC 633, HL Paper 159) is law in the EU, the US and the UK.",
        "I have an MA and a PhD from UCL.",
        "I am Siân Example of Llanfair.",
        "I live in LONDON SW1A 1AA.",
        # Of marks and gaps
        "Why me? Why not? Really?! Thank you!",
        "I waited... and waited .... and left.",
        "“[They] will pay”, says the report [p. 12], after [2024] EWCA Civ 12 […].",
        "Fewer than 5 < 6 came, see <https://www.example.org/page> or <office@example.org>.",
        "I attach (see below) the answer, and want (your) support.",
        "(Add to that the cost of heating.) (Your constituents deserve better.)",
        "The day is TBC. Es todo lo que pido.",
        # Of violence that is told of
        "My brother was killed by a driver who ran a red light.",
        "He said he would kill me, and the police did nothing.",
        "He wrote, “I will kill you”, and “I know where you live”.",
        "Her message said: \"you're dead, you'll pay for this\".",
        "Smoking will kill you, and so will the cold.",
        "Please do not let them kill our bus service.",
        "Terminally ill people deserve to die in peace. They should die with dignity.",
        "Nobody should have to suffer like this. My mother deserves to live.",
        "The portrait should be hung in the hall.",
        # Of what one would do for somebody
        "I will find you a chair, and we will get you the figures.",
        "We would hang you a picture. We will come for your surgery on Friday.",
        "I will come after you have spoken.",
        "How will you pay for this? Do you regret that?",
        "You will be sorry to hear that she died.",
        "You will not regret it. You know where I live.",
        "We know where you stand.",
        "We must act now or else families lose their homes.",
        "Watch your back garden flood and you know what I mean.",
        "I will not vote for you again.",
        "You will lose my vote, and your seat.",
        # Of hard words that nobody throws
        "My son was called an idiot, and worse, at school.",
        "She was told to shut up by the officer. The shop is shut up.",
        "We are called scum, traitors and parasites on the street.",
        "The minister spoke of “vermin”, and a newspaper of ‘cockroaches in boats’.",
        "There are rats and vermin in the flat, and cockroaches in the kitchen.",
        "I can show you cockroaches, and the disgusting mould in the bedroom.",
        "I want to tell you a pathetic story about a useless form.",
        "Rivers are full of human waste, and it is a disgrace.",
        "It is a disgrace that she waits. It is stupid, cruel and unjust.",
        "The parasite in the water is cryptosporidium.",
        "I feel useless. They make you feel useless.",
        "I watch The Traitors. Traitors’ Gate is at the Tower.",
        "The buses from Scunthorpe, Penistone, Cockfosters and Twatt are late.",
        "Our dog is a bitch of nine years.",
        "We went to hell and back.",
        "The company should be ashamed of itself. Shame on the company.",
        "Are you aware that liars prosper?",
        "You are a good listener, and you are right about the corrupt contract.",
        "You are an old friend of the school.",
        # Of other places and languages
        "Rwy’n byw yn Ynys Môn. Mae’r bws yn hwyr bob dydd.",
        "My neighbour wrote: «Я не можу спати». الحافلة متأخرة كل يوم.",
    ],
)
def test_nothing_is_said_of_an_ordinary_letter(text: str) -> None:
    assert remarks(letter(text)) == []


@pytest.mark.parametrize(
    "ask",
    [
        "Will you help?",
        "Please write to the minister.",
        "I ask you to write to the minister.",
        "I would ask that you write to the minister.",
        "I am respectfully asking for a meeting.",
        "I’m asking you to vote against it.",
        "I urge you to vote against it.",
        "We strongly urge you to act.",
        "I call on the Government to act, and on you to say so.",
        "I want you to know this, and to act.",
        "I’d like you to come and see.",
        "I would be grateful for your help.",
        "I would be very grateful if you came.",
        "I would really appreciate a reply.",
        "I’d welcome your views.",
        "I hope you will act.",
        "I hope that you can act.",
        "You should vote against it.",
        "You must act.",
        "Kindly look into it.",
        "Let me know what you think.",
        "Vote against the bill.",
        "It is late. Support the bill.",
        "What I ask:\n- write to the minister",
        "Rwy’n gofyn i chi weithredu. Mae’n hwyr.",
        "A fyddech chi’n fodlon ysgrifennu at y gweinidog. Mae’n hwyr.",
        "Moja matka czeka na autobus.",
        "أطلب منكم أن تكتبوا إلى الوزير.",
        "请您写信给部长。",
    ],
)
def test_a_letter_that_asks(ask: str) -> None:
    body = f"Dear Ms Abbott,\n\n{ask}\n\nYours sincerely,\n\n{SENDER.name}"
    assert remarks(replace(letter(), body=body)) == []


@pytest.mark.parametrize(
    "text",
    [
        "My mother waits for the bus, and it is late.",
        "The river is dirty. It was clean when we came here.",
        "I think the bill is wrong, and so does my wife.",
        "I am writing to say that the bus is late.",
        "Mae’r bws yn hwyr.",
        "I look forward to your reply on the matter.",
    ],
)
def test_a_letter_that_asks_for_nothing(text: str) -> None:
    body = f"Dear Ms Abbott,\n\n{text}\n\nYours sincerely,\n\n{SENDER.name}"
    (check,) = remarks(replace(letter(), body=body))
    assert check.says.startswith("The letter asks for nothing")


@pytest.mark.parametrize("name", ["SIÂN EXAMPLE", "Siân EXAMPLE-JONES"])
def test_a_name_in_capitals_is_no_shout(name: str) -> None:
    sender = Sender(name, ("12 Example Street",), "STRATFORD UPON AVON", "SW1A 1AA")
    made = replace(letter("I live in STRATFORD UPON AVON."), sender=sender)
    assert remarks(replace(made, body=made.body.replace(SENDER.name, name))) == []
    assert "shouting" in said(replace(made, body=f"{made.body}\n\nI AM ANGRY, {name} OF THE HILL"))


@pytest.mark.parametrize(("pages", "says"), [(2, "takes two pages"), (3, "takes three pages"), (5, "takes 5 pages")])
def test_a_letter_of_more_than_a_page(pages: int, says: str) -> None:
    (check,) = remarks(letter(), proof=Proof(pages))
    assert says in check.says


def test_characters_that_do_not_print() -> None:
    (check,) = remarks(letter("The king \U00013000 and \U00013001."), proof=Proof(1, "\U00013000\U00013001"))
    assert (check.where, check.quote) == ("body", "\U00013000")
    assert "no font for \U00013000 \U00013001." in check.says
    (check,) = remarks(letter(subject="The king \U00013000"), proof=Proof(1, "\U00013000"))
    assert check.where == "subject"
    (check,) = remarks(letter(), proof=Proof(1, "\U00013000"))
    assert (check.where, check.quote) == ("address", "")
    script = "".join(map(chr, range(0x13000, 0x13100)))
    (check,) = remarks(letter(script), proof=Proof(1, script))
    assert "…" in check.says


def test_few_places_are_named_for_a_rule() -> None:
    text = "I live in [a b], [c d], [e f], [g h] and [i j]!! Why?? No!!! Now!!!! Ever!!!!!"
    found = remarks(letter(text))
    assert [check.quote for check in found] == ["[a b]", "[c d]", "[e f]", "!!", "??", "!!!"]


def test_remarks_come_in_the_order_of_the_letter() -> None:
    made = replace(letter("[town]", "Dear ,", "Hello"), sender=Sender("Siân Example", ("x",), "Llanfair", "SW1A 1AA"))
    assert [check.where for check in remarks(made, proof=Proof(2))] == ["subject", "body", "address", "body", "body"]


def test_a_letter_of_the_next_member_is_greeted_as_ours_is() -> None:
    member = ComingMember.for_constituency(Constituency(1, "Gorton and Denton", "England"))
    assert remarks(letter(greeting=f"{member.salutation},"), member) == []
