"""Letters that are awkward to print, of every length, in every script, with what people paste; and how to read them.

python -m tests.unit.letters.paper.corpus FOLDER

writes each as a PDF, and its pages as pictures to look at.
"""

import re
import sys
import unicodedata
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from pypdfium2 import PdfDocument, PdfPage  # type: ignore[import-untyped]

from app.letters.letter import Letter, Sender, TooManyPages
from app.letters.paper import geometry
from app.mp.people import HOUSE_OF_COMMONS, ComingMember, Constituency
from tests.conftest import SENDER

MM = 72 / 25.4
"""Points, which is what a PDF is measured in."""
REFUSED = 0
"""In place of a number of pages: more than three, which are not printed."""
PLAIN = Letter(
    sender=SENDER,
    recipient=("Rt Hon Sir Lindsay Hoyle MP", *HOUSE_OF_COMMONS),
    email="",
    date=date(2026, 11, 22),
    subject="Clean rivers in Chorley",
    body="",
)
PARAGRAPH = (
    "The river behind our street was clean when we moved here, and the children learned to swim in it. Since last "
    "spring there are signs on both banks which warn against going in. I have asked the water company twice, and was "
    "told that the matter is in hand. Nobody could tell me what that means, or when the signs will be taken down."
)
"""Four lines in the usual size."""

Box = tuple[float, ...]
"""Left, top, right and bottom in millimetres from the top left corner, as in ``app.letters.paper.geometry``."""


@dataclass(frozen=True, slots=True)
class Case:
    """A letter, and what becomes of it on paper."""

    letter: Letter
    pages: int = 1
    size: float = 11
    """In points, of the type."""
    in_order: bool = True
    """Whether its text can be read back character by character, not only letter by letter."""
    lost: int = 0
    """How many letters may be missing where it cannot."""
    unprintable: str = ""
    """Characters for which there is no font."""


def whole(text: str) -> str:
    """A body, with greeting and close."""
    return f"Dear Sir Lindsay,\n\n{text}\n\nYours sincerely,\n\nSiân Example"


def written(text: str, **changes: Any) -> Letter:
    """A letter that says so, and is otherwise plain."""
    return replace(PLAIN, body=whole(text), **changes)


def lines(number: int) -> str:
    """A paragraph of short lines: how many fill a page does not hang on how wide letters are."""
    return "\n".join(f"Line {n}." for n in range(1, number + 1))


def paragraphs(number: int, text: str = PARAGRAPH) -> str:
    """Numbered paragraphs."""
    return "\n\n".join(f"{n}. {text}" for n in range(1, number + 1))


def bulleted(items: Sequence[str]) -> str:
    """A list."""
    return "\n".join(f"- {item}" for item in items)


def cut(text: str, length: int) -> str:
    """A text over and over, up to a length."""
    return (text * (length // len(text) + 1))[:length].strip()


# The first article of the Universal Declaration of Human Rights, which is published in all of these.
ARTICLE = {
    "welsh": (
        "Genir pawb yn rhydd ac yn gydradd â’i gilydd mewn urddas a hawliau. Fe’u cynysgaeddir â "
        "rheswm a chydwybod, a dylai pawb ymddwyn y naill at y llall mewn ysbryd cymodlon. Ŵyn, ŷd, tŷ, Llŷn."
    ),
    "polish": (
        "Wszyscy ludzie rodzą się wolni i równi pod względem swej godności i swych praw. Są oni "
        "obdarzeni rozumem i sumieniem i powinni postępować wobec innych w duchu braterstwa."
    ),
    "vietnamese": (
        "Tất cả mọi người sinh ra đều được tự do và bình đẳng về nhân phẩm và quyền lợi. Mọi con "
        "người đều được tạo hóa ban cho lý trí và lương tâm và cần phải đối xử với nhau trong tình anh em."
    ),
    "greek polytonic": (
        "Ὅλοι οἱ ἄνθρωποι γεννιοῦνται ἐλεύθεροι καὶ ἴσοι στὴν ἀξιοπρέπεια καὶ τὰ δικαιώματα. Εἶναι "
        "προικισμένοι μὲ λογικὴ καὶ συνείδηση, καὶ ὀφείλουν νὰ συμπεριφέρονται μεταξύ τους μὲ πνεῦμα "
        "ἀδελφοσύνης. ᾯ ᾅδης ῥῆμα."
    ),
    "ukrainian": (
        "Всі люди народжуються вільними і рівними у своїй гідності та правах. Вони наділені розумом і совістю і "
        "повинні діяти у відношенні один до одного в дусі братерства. Ґанок, їжак, Єва."
    ),
    "arabic": (
        "يولد جميع الناس أحرارًا متساوين في الكرامة والحقوق. وقد وهبوا عقلًا وضميرًا وعليهم أن يعامل بعضهم "
        "بعضًا بروح الإخاء."
    ),
    "uyghur": (
        "ھەممە ئادەم زانىدىنلا ئەركىن، ئىززەت-ھۆرمەت ۋە ھوقۇقتا باپباراۋەر بولۇپ تۇغۇلغان. ئۇلار ئەقىلگە ۋە "
        "ۋىجدانغا ئىگە ھەمدە بىر-بىرىگە قېرىنداشلىق مۇناسىۋىتىگە خاس روھ بىلەن مۇئامىلە قىلىشى كېرەك."
    ),
    "urdu": (
        "تمام انسان آزاد اور حقوق و عزت کے اعتبار سے برابر پیدا ہوئے ہیں۔ انہیں ضمیر اور عقل ودیعت ہوئی "
        "ہے۔ اس لئے انہیں ایک دوسرے کے ساتھ بھائی چارے کا سلوک کرنا چاہیئے۔"
    ),
    "hebrew": (
        "כל בני האדם נולדו בני חורין ושווים בערכם ובזכויותיהם. כולם חוננו בתבונה ובמצפון, לפיכך חובה "
        "עליהם לנהוג איש ברעהו ברוח של אחווה."
    ),
    "hebrew with vowels": "כָּל בְּנֵי הָאָדָם נוֹלְדוּ בְּנֵי חוֹרִין. בְּרֵאשִׁית בָּרָא אֱלֹהִים אֵת הַשָּׁמַיִם וְאֵת הָאָרֶץ.",
    "chinese simplified": "人人生而自由，在尊严和权利上一律平等。他们赋有理性和良心，并应以兄弟关系的精神相对待。",
    "chinese traditional": "人人生而自由，在尊嚴和權利上一律平等。他們賦有理性和良心，並應以兄弟關係的精神相對待。",
    "japanese": (
        "すべての人間は、生まれながらにして自由であり、かつ、尊厳と権利とについて平等である。"
        "人間は、理性と良心とを授けられており、互いに同胞の精神をもって行動しなければならない。"
    ),
    "korean": (
        "모든 인간은 태어날 때부터 자유로우며 그 존엄과 권리에 있어 동등하다. 인간은 천부적으로 "
        "이성과 양심을 부여받았으며 서로 형제애의 정신으로 행동하여야 한다."
    ),
    "hindi": (
        "सभी मनुष्यों को गौरव और अधिकारों के मामले में जन्मजात स्वतन्त्रता और समानता प्राप्त है। उन्हें बुद्धि और "
        "अन्तरात्मा की देन प्राप्त है और परस्पर उन्हें भाईचारे के भाव से बर्ताव करना चाहिए।"
    ),
    "bengali": (
        "সমস্ত মানুষ স্বাধীনভাবে সমান মর্যাদা এবং অধিকার নিয়ে জন্মগ্রহণ করে। তাঁদের বিবেক এবং বুদ্ধি আছে; "
        "সুতরাং সকলেরই একে অপরের প্রতি ভ্রাতৃত্বসুলভ মনোভাব নিয়ে আচরণ করা উচিৎ।"
    ),
    "punjabi": (
        "ਸਾਰਾ ਮਨੁੱਖੀ ਪਰਿਵਾਰ ਆਪਣੀ ਮਹਿਮਾ, ਸ਼ਾਨ ਅਤੇ ਹੱਕਾਂ ਦੇ ਪੱਖੋਂ ਜਨਮ ਤੋਂ ਹੀ ਆਜ਼ਾਦ ਹੈ ਅਤੇ ਸੁਤੇ ਸਿੱਧ ਸਾਰੇ "
        "ਲੋਕ ਬਰਾਬਰ ਹਨ। ਉਨ੍ਹਾਂ ਸਭਨਾ ਨੂੰ ਤਰਕ ਅਤੇ ਜ਼ਮੀਰ ਦੀ ਸੌਗਾਤ ਮਿਲੀ ਹੋਈ ਹੈ।"
    ),
    "gujarati": (
        "પ્રતિષ્ઠા અને અધિકારોની દૃષ્ટિએ સર્વ માનવો જન્મથી સ્વતંત્ર અને સમાન હોય છે. તેમનામાં વિચારશક્તિ અને "
        "અંતઃકરણ હોય છે અને તેમણે પરસ્પર બંધુત્વની ભાવનાથી વર્તવું જોઇએ."
    ),
    "tamil": (
        "மனிதப் பிறிவியினர் சகலரும் சுதந்திரமாகவே பிறக்கின்றனர்; அவர்கள் மதிப்பிலும், உரிமைகளிலும் "
        "சமமானவர்கள். அவர்கள் ஒருவருடனொருவர் சகோதர உணர்வுப் பாங்கில் நடந்துகொள்ளல் வேண்டும்."
    ),
    "thai": (
        "มนุษย์ทั้งหลายเกิดมามีอิสระและเสมอภาคกันในเกียรติศักดิ์และสิทธิ ต่างมีเหตุผลและมโนธรรม และควรปฏิบัติต่อกันด้วยเจตนารมณ์แห่งภราดรภาพ"
    ),
    "georgian": (
        "ყველა ადამიანი იბადება თავისუფალი და თანასწორი თავისი ღირსებითა და უფლებებით. მათ მინიჭებული "
        "აქვთ გონება და სინდისი და ერთმანეთის მიმართ უნდა იქცეოდნენ ძმობის სულისკვეთებით."
    ),
    "armenian": (
        "Բոլոր մարդիկ ծնվում են ազատ ու հավասար իրենց արժանապատվությամբ ու իրավունքներով։ Նրանք ունեն "
        "բանականություն ու խիղճ և միմյանց պետք է եղբայրաբար վերաբերվեն։"
    ),
    "amharic": (
        "የሰው ልጅ ሁሉ ሲወለድ ነጻና በክብርና በመብትም እኩልነት ያለው ነው። የተፈጥሮ ማስተዋልና ሕሊና ስላለው አንዱ ሌላውን በወንድማማችነት መንፈስ መመልከት ይገባዋል።"
    ),
    "sinhala": "සියලු මනුෂ්‍යයෝ නිදහස්ව උපත ලබා ඇත. ගරුත්වයෙන් හා අයිතිවාසිකම්වලින් සමාන වෙති.",
    "malayalam": "മനുഷ്യരെല്ലാവരും തുല്യാവകാശങ്ങളോടും അന്തസ്സോടും സ്വാതന്ത്ര്യത്തോടുംകൂടി ജനിച്ചിട്ടുള്ളവരാണ്.",
    "telugu": "ప్రతిపత్తిస్వత్వముల విషయమున మానవులెల్లరును జన్మతః స్వతంత్రులును సమానులును నగుదురు.",
    "burmese": ("လူတိုင်းသည် တူညီ လွတ်လပ်သော ဂုဏ်သိက္ခာဖြင့် လည်းကောင်း၊ တူညီလွတ်လပ်သော အခွင့်အရေးများဖြင့် လည်းကောင်း၊ မွေးဖွားလာသူများ ဖြစ်သည်။"),
    "khmer": "មនុស្សទាំងអស់កើតមកមានសេរីភាព និងសមភាពក្នុងសេចក្តីថ្លៃថ្នូរ និងសិទ្ធិ។",
    "tibetan": "འགྲོ་བ་མིའི་རིགས་རྒྱུད་ཡོངས་ལ་སྐྱེས་ཙམ་ཉིད་ནས་ཆེ་མཐོངས་དང༌། ཐོབ་ཐངགི་རང་དབང་འདྲ་མཉམ་དུ་ཡོད་ལ།",
}
UYGHUR, HEBREW = ARTICLE["uyghur"], ARTICLE["hebrew"]
# The vowels of these stand above, below, before or around a consonant. WeasyPrint says of the glyphs of such a cluster
# that one is all its letters and the others none, and takes a glyph for what it was where it first stood.
LETTER_BY_LETTER = dict.fromkeys(["arabic", "hebrew with vowels", "thai"], 0) | dict.fromkeys(
    "hindi bengali punjabi gujarati tamil sinhala malayalam telugu burmese khmer tibetan".split(), 20
)
"""Scripts whose text is not read back in order, and how many letters of the article may be lost on the way."""
LINK = f"https://example.org/rivers?{'station=above-the-weir&' * 12}"[:300]
LONG_NAME = "Professor Dame Angharad Llewellyn-Featherstonehaugh of Example DBE"
LONG_ADDRESS = Sender(
    cut("Angharad Featherstonehaugh ", 100),
    (cut("The Old Corn Exchange ", 100), cut("Market Street ", 100)),
    cut("Newtown ", 100),
    "SW1A 1AA",
)
BY_HAND = f"{cut('Rt Hon Sir Christopher Featherstonehaugh ', 60)} MP"
VACANT = ComingMember.for_constituency(Constituency(1, "Inverness, Skye and West Ross-shire")).address_block

LENGTHS = {
    "one word": Case(replace(PLAIN, body="Please.")),
    "a line": Case(written("Please look at the river.")),
    "a page": Case(written(lines(23))),
    "a line over a page": Case(written(lines(24)), size=10.5),
    "a page in the smallest size": Case(written(lines(26)), size=10),
    "barely two pages": Case(written(lines(27)), pages=2),
    "two pages": Case(written(lines(69)), pages=2),
    "barely three pages": Case(written(lines(70)), pages=3),
    "three pages": Case(written(lines(116)), pages=3),
    "a line over three pages": Case(written(lines(117)), pages=3, size=10.5),
    "three pages in the smallest size": Case(written(lines(129)), pages=3, size=10),
    "a line over three pages in the smallest size": Case(written(lines(130)), pages=REFUSED),
    "a word over three pages": Case(written(f"{lines(128)}\n{cut('word ', 140)}"), pages=REFUSED),
    "299 lines": Case(replace(PLAIN, body=lines(299)), pages=REFUSED),
    "99 paragraphs": Case(replace(PLAIN, body=paragraphs(99, "Yes.")), pages=REFUSED),
    "100 paragraphs": Case(replace(PLAIN, body=paragraphs(100, "Yes.")), pages=REFUSED),
    "paragraphs over a page": Case(written(paragraphs(5))),
    "paragraphs over two pages": Case(written(paragraphs(9)), pages=2),
    "10,000 characters": Case(replace(PLAIN, body=whole(paragraphs(40))[:10_000]), pages=3, size=10),
    "a paragraph of 10,000 characters": Case(replace(PLAIN, body=cut(f"{PARAGRAPH} ", 10_000)), pages=3),
    "a paragraph over two pages": Case(written(cut(f"{PARAGRAPH} ", 4_000)), pages=2),
}
LISTS = {
    "a list": Case(written("I ask you:\n" + bulleted(["to look", "to ask", "to write"]))),
    "a long list": Case(written("I ask you:\n" + bulleted([f"to ask for item {n}" for n in range(1, 41)])), pages=2),
    "a list at the end of a page": Case(written(f"{lines(20)}\n\n{bulleted([PARAGRAPH] * 3)}"), pages=2),
    "a list in a list": Case(written("I ask:\n- of the company\n  - to look\n  - to mend\n- of you\n    - to write")),
    "a list between lines": Case(written("First\n- one\n- two\nthen\n- three\nand last.")),
    "numbers and other marks": Case(written("1. One\n2. Two\n10. Ten\n\na) This\n\n* A star\n– A dash\n• A bullet")),
    "a list from the right": Case(written(bulleted([f"{word}." for word in UYGHUR.split()[:5]])), in_order=False),
    "long items from the right": Case(written(bulleted([UYGHUR, HEBREW]))),
    "a list of links": Case(written(bulleted([LINK, "https://example.org/"]))),
}
SCRIPTS = {
    script: Case(
        written(text, subject=cut(text, 60)),
        in_order=script not in LETTER_BY_LETTER,
        lost=LETTER_BY_LETTER.get(script, 0),
    )
    for script, text in ARTICLE.items()
} | {
    # What is read back runs as the words stand on the line, where a line has both directions.
    "both directions": Case(
        written(
            f"{UYGHUR} In English: “born free” (Article 1). {HEBREW} BBC 2026, 50% – £3.20!\n\nA word: {HEBREW[:6]}."
        ),
        in_order=False,
    ),
    "a letter from the right": Case(replace(PLAIN, body=f"{UYGHUR[:20]}،\n\n{UYGHUR}\n\n{HEBREW}")),
    "two pages from the right": Case(written("\n\n".join([UYGHUR] * 12)), pages=2),
    "two pages in Chinese": Case(written(paragraphs(20, ARTICLE["chinese simplified"])), pages=2),
    # A bracket is read back as it looks on paper, which is the other way round.
    "brackets from the right": Case(written("ئۇلار (ئەقىلگە) «ۋىجدانغا» [ئىگە] {ھەمدە}."), in_order=False),
    "every script in one paragraph": Case(
        written(" ".join(text[:9] for text in ARTICLE.values())), in_order=False, lost=20
    ),
    "no font": Case(written("Gothic 𐌰𐌱, Javanese ꦲ, cuneiform 𒀀"), unprintable="𐌰𐌱ꦲ𒀀"),
}
PASTED = {
    "emoji": Case(written("I am angry 😡 and hopeful 🙏. Thank you 👍❤️ ☺️ ✅")),
    "joined emoji": Case(written("We are 👨‍👩‍👧‍👦 and 👩🏽‍🚀, 🧑🏿‍🤝‍🧑🏻 and 🏳️‍🌈.")),
    "flags": Case(written("🏴󠁧󠁢󠁷󠁬󠁳󠁿 🏴󠁧󠁢󠁳󠁣󠁴󠁿 🏴󠁧󠁢󠁥󠁮󠁧󠁿 🇬🇧 🇺🇦 🇮🇪")),
    "skin tones": Case(written("👍🏻 👍🏼 👍🏽 👍🏾 👍🏿")),
    "keycaps": Case(written("1️⃣ first 2️⃣ second #️⃣ 🔟")),
    "500 emoji": Case(written("😀" * 500)),
    "emoji in the subject": Case(written("x", subject="Rivers 🌊 now 🏴󠁧󠁢󠁷󠁬󠁳󠁿")),
    "quotes and dashes": Case(
        written("“She said ‘no’ – or did she? — it’s …” «oui» „ja“ ½ £5 €6 °C × ÷ ± § ¶ † ™ © ® µ ‰ ′ ″")
    ),
    "symbols": Case(written("→ ⇒ ☎ ✓ ✗ ★ ☆ ■ □ ● ○ ◆ ▲ ▼ ♀ ♂ ♥ ♪ ≠ ≤ ≥ ∞ √ ∑ ∫ ∂ π Ω α₂ x² H₂O ⅓ № ℃ ﬁ ﬂ")),
    "spaces that do not break": Case(written("10\u00a0km\u202fto the\u00a0river, and half\u00a0a\u00a0mile back")),
    "only spaces that do not break": Case(written(PARAGRAPH.replace(" ", "\u00a0"))),
    "combining marks": Case(written("S\u0323\u0307 x\u0304 z\u0337\u0336\u0335 a\u0308\u0304 q\u030a"), in_order=False),
    "mathematical letters": Case(written("𝐁𝐨𝐥𝐝 𝓢𝓬𝓻𝓲𝓹𝓽 𝕆𝕡𝕖𝕟 𝚖𝚘𝚗𝚘 Ⓒⓘⓡⓒⓛⓔ")),
    "full width": Case(written("ＦＵＬＬ　ｗｉｄｔｈ，１２３")),
    "a long link": Case(written(f"See {LINK} for more.")),
    "a word of 500": Case(written("a" * 500)),
    "a word of 500 capitals": Case(written("M" * 500)),
    "a word of 500 from the right": Case(written("א" * 500)),
    "a long subject": Case(written("x", subject=cut("Clean rivers in Chorley, and the signs ", 400))),
    "a long subject of one word": Case(written("x", subject="x" * 400)),
    "a long subject over two pages": Case(
        written(lines(60), subject=cut("Clean rivers in Chorley, and the signs ", 400)), pages=2
    ),
    "HTML": Case(
        written("<b>bold</b> &amp; &lt; <script>alert(1)</script> <!-- x --> <br> </p>", subject="<h1>&nbsp;")
    ),
    "templates": Case(
        written("{{ member.email }} {% if x %} {{ letter.email }} {# x #} {{ 7 * 7 }}", subject="{{ x }}")
    ),
    "Markdown": Case(written("# Heading\n\n**bold** _it_ `code` [link](https://example.org)\n\n> quote\n\n---")),
    "CSS": Case(written('url(http://127.0.0.1/) @page { size: a3 } content: "x" } p { color: red')),
    "spaces at the ends": Case(written("One   \n   two   three  \nfour ")),
    "capitals": Case(written(cut("THE RIVER IS DIRTY. ", 400))),
}
NAMES = {
    "a long name": Case(written("Please.", sender=replace(SENDER, name=LONG_NAME))),
    "a long name over two pages": Case(written(lines(60), sender=replace(SENDER, name=LONG_NAME)), pages=2),
    "a name from the right": Case(written(lines(60), sender=replace(SENDER, name="ئالىم ئابلىز")), pages=2),
    "a name in Chinese": Case(written(lines(60), sender=replace(SENDER, name="王小明")), pages=2),
    "a name of one word": Case(written(lines(60), sender=replace(SENDER, name="M" * 100)), pages=2),
    "four lines of address": Case(
        written(
            "x", sender=Sender("Siân Example", ("27 The Old Corn Exchange", "Market Street"), "Newtown", "SW1A 1AA")
        )
    ),
    "the longest address": Case(written("Please.", sender=LONG_ADDRESS)),
    "a vacant seat": Case(written("Please.", recipient=VACANT)),
    "a name by hand": Case(written("Please.", recipient=(BY_HAND, *HOUSE_OF_COMMONS), sender=LONG_ADDRESS)),
}
CORPUS = LENGTHS | LISTS | SCRIPTS | PASTED | NAMES


@contextmanager
def patience() -> Iterator[None]:
    """Gives a press time: what becomes of a letter must not hang on how busy the machine is."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("app.letters.paper.pdf_pool.SECONDS_A_LETTER", 60.0)
        patch.setattr("app.letters.paper.pdf_pool.LONGEST_WAIT", 60.0)
        patch.setattr("app.letters.paper.pdf_pool.LONGEST_WAIT_FOR_PROOF", 60.0)
        yield


def pages(pdf: bytes) -> list[PdfPage]:
    """The pages of a PDF."""
    return list(PdfDocument(pdf))


def within(page: PdfPage, box: Box) -> str:
    """The text that touches a box, in reading order."""
    left, top, right, bottom = (edge * MM for edge in box)
    text: str = page.get_textpage().get_text_bounded(left, page.get_height() - bottom, right, page.get_height() - top)
    return text.replace("\r\n", "\n")


def boxes(page: PdfPage) -> Iterator[Box]:
    """Where text stands, a box a word or line."""
    text = page.get_textpage()
    for n in range(text.count_rects()):
        left, bottom, right, top = text.get_rect(n)
        yield left / MM, (page.get_height() - top) / MM, right / MM, (page.get_height() - bottom) / MM


def running_text(pdf: bytes) -> str:
    """A letter from its date on, without what stands above."""
    width, height = geometry.PAGE_WIDTH, geometry.PAGE_HEIGHT
    tops = (geometry.TEXT_TOP if number == 0 else geometry.MARGIN_TOP for number in range(3))
    return "\n".join(within(page, (0, top - 1, width, height)) for page, top in zip(pages(pdf), tops, strict=False))


def running_text_of(letter: Letter) -> str:
    """The same, as it should be: the subject stands below the greeting, and a list has no dashes."""
    greeting, *rest = re.sub("^- ", "", letter.body, flags=re.MULTILINE).split("\n\n")
    return "\n".join([letter.dated, greeting, letter.subject, *rest])


def plain(text: str) -> str:
    """A text as it compares: unified, and of what leaves ink only.

    Bullets are left out, since they are drawn after the text; so are the signs that make emoji of characters, and the
    colours of skin, which all print as the same glyph. A hyphen at the end of a line is read back as a control
    character.
    """
    text = unicodedata.normalize("NFKC", text.replace("\x02", "-"))
    text = re.sub("[\U0001f3fb-\U0001f3ff]", "", text)
    return "".join(
        c for c in text if not c.isspace() and unicodedata.category(c) != "Cf" and c not in "•\ufe0e\ufe0f\u20e3"
    )


def main(folder: Path) -> None:
    """Write every letter and its pages."""
    from app.letters.paper.pdf_renderer import PdfRenderer  # noqa: PLC0415  # nobody else who imports this needs WeasyPrint

    folder.mkdir(parents=True, exist_ok=True)
    renderer = PdfRenderer()
    for name, case in CORPUS.items():
        try:
            pdf = renderer.typeset(case.letter)
        except TooManyPages:
            continue
        (folder / f"{name}.pdf").write_bytes(pdf)
        for number, page in enumerate(pages(pdf), 1):
            page.render(scale=1.5).to_pil().save(folder / f"{name} {number}.png")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
