"""Campaign files and tables that somebody made to do harm, by name. Each is to be refused, or to come to nothing."""

from collections.abc import Mapping
from dataclasses import dataclass, field

_HEAD = "title: A\nsubject: B\n"
_LETTER = "Will you act, and tell me when?\n"
SCRIPT = "<script>alert(1)</script><img src=x onerror=alert(1)>"
_CONTROLS = "\x00\x07\x1b[2J\u202e\u2066\u200b\ufeff\udc80"


@dataclass(frozen=True, slots=True)
class Attack:
    """A file, and those beside it."""

    text: str
    slug: str = "rivers"
    beside: Mapping[str, bytes] = field(default_factory=dict)


def _file(settings: str = "", letter: str = _LETTER, head: str = _HEAD) -> Attack:
    return Attack(f"---\n{head}{settings}\n---\n{letter}")


def _table(raw: bytes, columns: bytes = b"constituency,spills\n") -> Attack:
    settings = "local_facts: rivers.csv"
    return Attack(f"---\n{_HEAD}{settings}\n---\n{_LETTER}{{{{ local.spills }}}}", beside={"rivers.csv": columns + raw})


def _nested(tag: str, end: str, depth: int) -> str:
    return tag * depth + "x" + end * depth


_BOMB = "a: &a [x,x,x,x,x,x,x,x,x]\n" + "".join(
    f"{name}: &{name} [{','.join([f'*{before}'] * 9)}]\n" for before, name in zip("abcdefgh", "bcdefghi", strict=True)
)
_DOUBLINGS = "{% assign a = 'xxxxxxxxxx' %}" + "{% assign a = a | append: a %}" * 200 + "{{ a }}"

YAML = {
    "a bomb of aliases": _file(_BOMB),
    "an alias": _file("summary: *a"),
    "an anchor": _file("summary: &a B"),
    "a merge": _file("questions:\n  - <<: {id: a}\n    label: b"),
    "merges within merges": _file("questions:\n  - " + "{<<: " * 500 + "{}" + "}" * 500),
    "a tag that runs code": _file("summary: !!python/object/apply:os.system ['echo']"),
    "a day that is none": _file("summary: !!timestamp x"),
    "a truth that is none": _file("summary: !!bool x"),
    "a tag that is empty": _file("summary: ! x"),
    "a set": _file("questions: !!set {a}"),
    "a number without end": _file(f"summary: {'9' * 60_000}"),
    "a number in sixties": _file(f"summary: {'1:' * 20_000}1"),
    "an endless fraction": _file(f"questions:\n  - max_words: 1e{'9' * 5_000}"),
    "brackets 10,000 deep": _file(f"summary: {_nested('[', ']', 10_000)}"),
    "braces 10,000 deep": _file(f"summary: {_nested('{a: ', '}', 10_000)}"),
    "dashes 10,000 deep": _file(f"questions:\n{'- ' * 10_000}a"),
    "lines that go in and in": _file("questions:\n" + "".join(f"{' ' * n}a:\n" for n in range(300))),
    "many settings": _file("".join(f"a{n}: b\n" for n in range(7_000))),
    "many settings alike": _file("".join(f"titl{n}: b\n" for n in range(6_000))),
    "many questions": _file("questions:\n" + "- a\n" * 15_000),
    "many sources": _file("sources:\n" + "- a\n" * 15_000),
    "many prompts": _file("questions:\n- id: a\n  label: b\n  prompts: [" + "a," * 25_000 + "a]"),
    "many sources without a title": _file("sources:\n" + "- {}\n" * 12_000),
    "many documents": _file("---\n" * 15_000),
    "a comment without end": _file("#" * 60_000),
    "10 MB": _file("", "x" * 10_000_000),
    "10 MB of settings": _file("summary: " + "x" * 10_000_000),
    "10 MB of lines": _file("\n" * 10_000_000),
    "10 MB of dashes": Attack("---\n" * 2_500_000),
    "characters of four bytes": _file("", "\U0001f600" * 16_300),
    "dashes that nothing ends": Attack("---\n" + "--- -\n" * 10_000),
    "dashes and spaces": Attack("---" + " " * 65_000),
}

LIQUID = {
    "a text that doubles": _file("", _DOUBLINGS),
    "a text that doubles in the subject": _file(head='title: A\nsubject: "' + "{{ 'x' | append: 'x' }}" * 8 + '"\n'),
    "a text that doubles in asks": _file(f'asks:\n  - ask: "{_DOUBLINGS[:1_900]}"', "{{ ask }}"),
    "replaced and replaced": _file(
        "", "{% assign a = 'aaaaaaaaaaaaaaaaaaaa' %}" + "{% assign a = a | replace: 'a', a %}" * 9 + "{{ a }}"
    ),
    "replaced in one go": _file(
        "", "{{ 'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa'" + " | replace: 'a', 'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa'" * 30 + " }}"
    ),
    "replaced where nothing is": _file("", "{{ 'aaaaaaaaaa'" + " | replace: '', 'aaaaaaaaaaaaaaaaaaaa'" * 40 + " }}"),
    "a range": _file("", "{{ (1..999999999999) }}"),
    "a range that is joined": _file("", "{{ (1..999999999) | join: 'x' }}"),
    "a range that is counted": _file("", "{{ (1..99999999999) | size }}{{ (1..999999999) | last }}"),
    "a range that is searched": _file("", "{% if (1..99999999999) contains 'x' %}x{% endif %}"),
    "a list that is sorted out": _file("", "{{ '" + "a,b," * 1_900 + "' | split: ',' | uniq | size }}"),
    "letters out of what is none": _file("", "{{ 'true' | base64_decode }}"),
    "a year that is none": _file("", "{{ 99999999999 | times: -1 | date: '-' }}"),
    "a day of great width": _file("", "{{ 'now' | date: '%999999999d' }}"),
    "a range in a variable": _file("", "{% assign a = (1..99999999) | reverse | sort | uniq %}{{ a | join: ',' }}"),
    "a range that is split": _file("", "{% assign a = (1..99999999) | join | split: '' %}{{ a }}"),
    "a number that grows": _file("", "{{ 9999999999" + " | times: 9999999999999999999999" * 250 + " }}"),
    "a number that squares": _file("", "{% assign a = 99999 %}" + "{% assign a = a | times: a %}" * 250 + "{{ a }}"),
    "a number of many digits": _file("", "{{ " + "9" * 7_900 + " | plus: 1 }}"),
    "a number with an exponent": _file("", "{{ 1e999999999 | plus: 1 }}{{ '1e999999999' | times: 2 | round }}"),
    "a number rounded far": _file("", "{{ 1.5 | round: 999999999 }}{{ '1.5' | ceil }}"),
    "a text that is split": _file(
        "", "{{ 'xxxxxxxxxx' | split: '' | join: 'xxxxxxxxx' | split: '' | join: 'xxxxxxxxx' }}"
    ),
    "arrays in arrays": _file(
        "", "{% assign a = 'x,x,x,x,x,x,x,x' | split: ',' %}" + "{% assign a = a | concat: a %}" * 60 + "{{ a | size }}"
    ),
    "a slice without end": _file("", "{{ 'x' | slice: 0, 99999999999999999999999 }}{{ 'x' | truncate: 999999999999 }}"),
    "a text filled up": _file("", "{{ 'x' | truncatewords: 99999999999, 'x' }}"),
    "an escape that grows": _file("", "{{ '<<<<<<<<<<<<<<<<'" + " | escape" * 200 + " }}"),
    "an address that grows": _file("", "{{ '%%%%%%%%%%%%%%%%'" + " | url_encode" * 200 + " }}"),
    "a day in a format": _file("", "{{ 'now' | date: '" + "%c" * 2_000 + "' }}"),
    "a day out of a number": _file("", "{{ 99999999999999999 | date: '%Y' }}{{ '-9e99' | date: '%s' }}"),
    "tags stripped": _file("", "{{ '" + "<" * 7_500 + "' | strip_html }}"),
    "scripts stripped": _file("", "{{ '" + "<script" * 1_000 + "' | strip_html }}"),
    "comments stripped": _file("", "{{ '" + "<!--" * 1_900 + "' | strip_html }}"),
    "spaces stripped": _file("", "{{ '" + " \n" * 3_500 + "' | strip_newlines | strip | newline_to_br }}"),
    "base64": _file("", "{{ 'x" + "'" + " | base64_encode" * 200 + " }}"),
    "tags 10,000 deep": _file("", _nested("{%if a%}", "{%endif%}", 480)),
    "tags 10,000 deep in a setting": _file(
        'subject: "' + _nested("{%if a%}", "{%endif%}", 10_000) + '"', head="title: A\n"
    ),
    "cases deep": _file("", _nested("{%case 1%}{%when 1%}", "{%endcase%}", 250)),
    "captures deep": _file("", _nested("{%capture a%}", "{%endcapture%}", 250)),
    "captures in a row": _file("", "{%capture a%}{{a}}{{a}}x{%endcapture%}" * 200 + "{{a}}"),
    "paths deep": _file("", "{{ a" + "[a" * 2_000 + "]" * 2_000 + " }}"),
    "paths long": _file("", "{{ a" + ".a" * 3_500 + " }}"),
    "indexes": _file("", "{{ a" + "[0]" * 2_500 + " }}"),
    "conditions long": _file("", "{% if a" + " or a" * 1_500 + " %}x{% endif %}"),
    "conditions deep": _file("", "{% if " + "(" * 3_900 + "a" + ")" * 3_900 + " %}x{% endif %}"),
    "filters long": _file("", "{{ a" + " | upcase" * 850 + " }}"),
    "many placeholders": _file("", "{{a}}" * 1_590),
    "many placeholders nearly right": _file("", "{{member.nam}}" * 570),
    "braces open": _file("", "{{" * 3_900),
    "braces close": _file("", "}}" * 3_900),
    "tags open": _file("", "{%" * 3_900),
    "tags that close nothing": _file("", "{%endif%}" * 850),
    "comments open": _file("", "{%comment%}" * 720),
    "raw": _file("", "{% raw %}{{ member.name }}{% endraw %}"),
    "raw open": _file("", "{%raw%}" * 1_100),
    "an include": _file("", "{% include '/etc/passwd' %}"),
    "a render": _file("", "{% render '../config' %}"),
    "a loop": _file("", "{% for a in (1..999999999) %}x{% endfor %}"),
    "a table row": _file("", "{% tablerow a in (1..999999999) %}x{% endtablerow %}"),
    "a macro": _file("", "{% macro a %}{% call a %}{% endmacro %}{% call a %}"),
    "a liquid tag": _file("", "{% liquid\nassign a = 1\necho a %}"),
    "what Python keeps": _file("", "{{ member.__class__.__mro__ }}{{ sender.__init__.__globals__ }}"),
    "markup in quotes": _file("", "{{ '{{ member.name }}' }}"),
}

FIELDS = {
    "scripts in every field": Attack(
        f"""---
title: "{SCRIPT}"
summary: "{SCRIPT}"
organisation: "{SCRIPT}"
about: "{SCRIPT} [x](javascript:alert(1))"
subject: "{SCRIPT}"
facts_checked: 2026-11-01
sources:
  - title: "{SCRIPT}"
before_opening: "{SCRIPT}"
after_closing: "{SCRIPT}"
questions:
  - id: a
    label: "{SCRIPT}"
    hint: "{SCRIPT}"
    prompts: ["{SCRIPT}"]
asks:
  - ask: "Will you reply? {SCRIPT}"
    reason: "{SCRIPT}"
follow_up: "{SCRIPT}"
imprint: "{SCRIPT}"
privacy_note: "{SCRIPT}"
---
{SCRIPT} {{{{ answers.a }}}} {{{{ ask }}}}
"""
    ),
    "a script for an address": _file("briefing: javascript:alert(1)"),
    "data for an address": _file("sources:\n  - {title: A, url: 'data:text/html,x'}"),
    "a style for a colour": _file("accent: 'red;background:url(//x)'"),
    "a script for a colour": _file("accent: '\"><script>'"),
    "a script for an id": _file("questions:\n  - {id: '\"><script>', label: a}"),
    "a header for a frame": _file('frame_ancestors: ["https://a.org; script-src *"]'),
    "a line for a frame": _file('frame_ancestors: ["https://a.org\\nSet-Cookie: a=b"]'),
    "everybody for a frame": _file("frame_ancestors: ['*']"),
    "another letter's end": _file("", "Will you reply?\r\n\r\n--boundary\r\nContent-Type: text/html\r\n"),
    "a header for a subject": _file(head='title: A\nsubject: "B\\r\\nBcc: all@example.org"\n'),
    "control characters in settings": _file(f"summary: {_CONTROLS}"),
    "control characters written out": _file('summary: "\\0\\a\\e[2J\\u202E\\U0001F600"'),
    "control characters in the title": _file(head='title: "A\\u202E\\0"\nsubject: "B\\0\\u2066"\n'),
    "control characters in the letter": _file("", f"Will you reply? {_CONTROLS}"),
    "half characters": _file('summary: "\\uD800"', "Will you reply? \ud800"),
    "half characters in the name": Attack(_file().text, slug="\udc80"),
    "a path for a name": Attack(_file().text, slug="../../etc/passwd"),
    "a path and a null for a name": Attack(_file().text, slug="rivers\x00.md"),
    "a long name": Attack(_file().text, slug="a-" * 100_000 + "!"),
    "names that begin alike": Attack(_file().text, slug="a" * 100_000 + "-"),
    "a path for a logo": _file("logo: ../../etc/passwd.png"),
    "a null in a logo": _file('logo: "a.png\\0"'),
    "a line end in a logo": _file('logo: "a.png\\n"'),
    "a folder for a table": _file("local_facts: .csv"),
    "a path for a table": _file("local_facts: /etc/passwd.csv"),
    "a path back for a table": _file("local_facts: a/../b.csv"),
    "another system's path for a table": _file("local_facts: 'a\\b.csv'"),
    "many members": _file(
        "asks:\n - ask: Will you reply?\n"
        + "".join(f" - ask: b\n   for: {{members: [{','.join(f'a{n}' for n in range(200))}]}}\n" for _ in range(49)),
        "{{ ask }}",
    ),
    "many parties": _file(
        "asks:\n - ask: Will you reply?\n"
        + "".join(f" - ask: b\n   for: {{party: [{','.join(f'Labor{n}' for n in range(120))}]}}\n" for _ in range(49)),
        "{{ ask }}",
    ),
}

TABLES = {
    "a table of 10 MB": _table(b"Chorley,4\n" * 1_000_000),
    "a table of one line": _table(b"x" * 500_000),
    "a table of one line of cells": _table(b"," * 500_000),
    "a table of one quotation": _table(b'"' + b"x" * 500_000),
    "a table of quotation marks": _table(b'"' * 500_000),
    "a table of 10,000 columns": _table(b"", b"constituency," + b",".join(b"a%d" % n for n in range(10_000)) + b"\n"),
    "a table of 10,000 columns alike": _table(b"", b"constituency" + b",a" * 10_000 + b"\n"),
    "a table of columns without names": _table(b"", b"constituency" + b"," * 10_000 + b"\n"),
    "a column without end": _table(b"", b"constituency," + b"a!" * 50_000 + b"\n"),
    "a table of strangers": _table(b"".join(b"Chorlei%d,4\n" % n for n in range(35_000))),
    "a table of long strangers": _table(b"".join(b"%d" % n + b"Chorley" * 60 + b",4\n" for n in range(1_100))),
    "a table of line ends": _table(b"\r\n" * 250_000),
    "a table of nulls": _table(b"\0" * 500_000),
    "a formula": _table(b"Chorley,=cmd|' /C calc'!A0\n"),
    "a formula that adds": _table(b"Chorley,+cmd|' /C calc'!A0\n"),
    "a formula that takes away": _table(b"Chorley,-cmd|' /C calc'!A0\n"),
    "a formula by name": _table(b"Chorley,@SUM(1+1)\n"),
    "a formula behind a space": _table(b"Chorley, \t=1+1\n"),
    "a formula behind a null": _table(b"Chorley,\0=1+1\n"),
    "a formula for a column": _table(b"Chorley,4,5\n", b"constituency,spills,=1+1\n"),
    "a formula for a constituency": _table(b"=1+1,4\n"),
    "a script in a cell": _table(f"Chorley,{SCRIPT}\n".encode()),
    "Liquid in a cell": _table(b"Chorley,{{ sender.postcode }}\n"),
    "no table": _table(b"", b""),
    "a table that is a picture": _table(b"", b"\x89PNG\r\n\x1a\n\0\0\0"),
    "a table of another coding": _table(b"", "constituency,spills\nChorley,4\n".encode("utf-16")),
}

REPEATED_TEXTS = (
    "{{", "}}", "{%", "{% ", "{% comment ", "{%-", "{{ '", "{%if", "{%endif%}", "[", "](", "](www.", "http://", "](http://",
    "http://a", "Dear ", "Dear\n", "To my ", "Yours ", "Kind regards ", "I ask ", "I ", "will you ", "please ", "sign ",
    "sign the ", "support the ", "speak ", "a ", "as a ", "as ", "I am a ", "citizens ", "voters ", "voter", " ", "\n",
    "\t", " \n", "\n- ", "- ", ".", "…", "?", "a.", "a. ", "’", "“", '"', "'", "a’", "-", "a-", "x", "x ", "ä", "\x1e",
    "\ue000", "{{ sender.name }} ", "{{sender.name}}", "{{ sender.name }},", "a: ", "ask your MP to do ", "raise the ",
    "in the ", "hear ", "send ", "your answer ", "what ", "\u2028", "=", "|", "_", "\\", "1", "1.", "a\u0301", "---\n",
    "--- ", "\U0001f600",
)  # fmt: skip
"""Each so often that a rule which looks at the same characters again and again would not come to an end."""

REPEATED = {f"{text!r} as a letter": _file("", text * (7_900 // len(text.encode()))) for text in REPEATED_TEXTS}
REPEATED |= {
    f"{text!r} as {name}": _file(f"{name}: |\n  " + text * (9_900 // len(text)))
    for name in ("about", "privacy_note", "summary")
    for text in ("http://", "](www.", "[", "![", "<", "&", "*", "_", "`", "\\", "> ", "www", "](")
}

HARMLESS = frozenset(
    (
        "a comment without end",
        "a text that doubles in the subject",
        "a day of great width",
        "a number rounded far",
        "a day out of a number",
        "a text that is split",
        "a slice without end",
        "a text filled up",
        "an address that grows",
        "tags stripped",
        "scripts stripped",
        "comments stripped",
        "spaces stripped",
        "scripts in every field",
        "another letter's end",
        "many members",
        "many parties",
        "a table of one line of cells",
        "a table of strangers",
        "a table of long strangers",
        "a table of line ends",
        "a table of nulls",
        "a script in a cell",
        "Liquid in a cell",
    )
)
"""Those that make a campaign, of which nothing comes. The others are refused; so may be the repeated ones."""

ATTACKS = {**YAML, **LIQUID, **FIELDS, **TABLES, **REPEATED}
