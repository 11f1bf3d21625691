"""Texts made to act on whoever reads them, and a repository that holds one of them wherever a text is free."""

from __future__ import annotations

import re
from unicodedata import east_asian_width

ADMITTED = {
    "formula": '=HYPERLINK("http://mal.example";"ici")+cmd|\' /C calc\'!A0',
    "plus": "+1+cmd|' /C calc'!A0",
    "minus": "-2+3+cmd|' /C calc'!A0",
    "at": "@SUM(1+1)*cmd|' /C calc'!A0",
    "wide": "＝1+1",
    "separators": 'a;=1+1;"b",=1+1,c',
    "markup": "\"><script>alert(1)</script><img src=x onerror=alert(1)><svg/onload=alert(1)>'onclick='alert(1)",
    "endings": "--></script></style></title></textarea></details></table>]]><iframe src=//mal.example></iframe><!--",
    "entities": "&lt;script&gt;alert(1)&#60;/script&#62; {{ 7*7 }}{% raw %}${7*7}#{7*7}%(title)s{title}{0}",
    "address": "javascript:alert(1) data:text/html,<b>x</b>",
    "rich": "[red]rouge[/red] [link=http://mal.example]ici[/link] [bold",
    "markdown": "![x](http://mal.example/p.png) [x](javascript:alert(1)) `a|b` **g** <b>g</b>",
    "block": "# titre\n\n- puce\n\n> mot\n\n```\ncode\n```\n\n| a |\n| - |\n\n<div>x</div>",
    "mentions": "/close\n/assign @all\n@all #1 !1 ~label",
    "calendar": "x\nEND:VEVENT\nBEGIN:VEVENT\nATTACH:http://mal.example\n BEGIN:VALARM\\nEND:VCALENDAR",
    "commands": "::error file=a::pris\n::set-output name=a::pris\n  ::add-mask::a\n##[error]a ##vso[task.complete]a",
    "percent": "%0A::error::pris%0D%0A##[error]pris",
    "section": "section_start:1700000000:pris[collapsed=true]\nsection_end:1700000000:pris",
    "sheet": "x\n=1+1\n+1+1",
    "backslash": "C:\\Notes \\\\srv\\Nord \\n\\N\\; \\, fin\\",
    "backslash-shell": "\\$(touch pris) \\`touch pris\\` $(touch pris) `touch pris`",
    "backslash-lines": "a\\N\\\nEND:VEVENT\\\nBEGIN:VEVENT\\n",
    "wide-plus": "＋1＋1",
    "wide-minus": "－2＋3",
    "wide-at": "＠SUM(1+1)",
    "wide-markup": "＜script＞alert(1)＜/script＞ ：：error：：pris ＃＃[error]pris\n＝1\n＋1\n－1\n＠A1",
    "runners": (
        "##vso[task.setvariable variable=a;isSecret=false]pris\n##[group]a\na ##vso[task.prependpath]/pris ##[debug]c\n"
        "##teamcity[buildStatus text='pris']\n  ##teamcity[setParameter name='a']\ntravis_fold:start:a\n--- ^^^ +++ a"
    ),
    "braces": "{} {0} {name} {{}} {0.__class__.__mro__} {!r} {:>99999} %s %(a)s %n ${a} $a {day} {count}",
    "templates": (
        "${{ github.token }} ${{ secrets.A }} {{ ''.__class__.__mro__[1] }} {% include 'x' %} {# a #} #{7*7} @{a}"
    ),
    "comments": "a --> <!-- b */ // c -- d # e %>\n[a]: http://mal.example\n[a]\n[^1]: a\n<http://mal.example>",
}
"""What the reader lets through, for each is something that a text may well say."""

REFUSED = {
    "colour": "\x1b[31mrouge\x1b[0m",
    "link": "\x1b]8;;http://mal.example\x1b\\ici\x1b]8;;\x07",
    "clipboard": "\x1b]52;c;cm0gLXJmIC8=\x07",
    "c1": "\x9b31mrouge\x9d0;titre\x9c",
    "bidi": "abc\u202edef\u2066ghi\u2069\u200f",
    "invisible": "a\u200bb\u2060c\ufeffd\xade",
    "section": "\x1b[0Ksection_start:1700000000:pris\r\x1b[0K",
    "null": "a\x00b",
    "return": "x\rEND:VEVENT\rBEGIN:VEVENT",
    "separators": "x\u2028END:VEVENT\u2029y\x85z",
}
"""What it refuses; the findings tell of it without repeating it."""

ACTIVE = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\xad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\ud800-\udfff]"
)
"""Characters that no output holds, but for the ends of lines of the formats whose lines end in CR LF."""


def harmless(text):
    """A text of the same shape that can do nothing: each sign a letter as wide, blanks and ends of lines kept."""
    return re.sub(r"\S", lambda found: "ｚ" if east_asian_width(found[0]) in "FW" else "z", text)


def declared(payload):
    """The three files of a repository, the payload in every free text, each with words of its own after it."""
    places = []

    def text(place):
        places.append(place)
        return f"{payload} {place}"

    convention = {
        "format": "qp/1",
        "id": "essai",
        "title": text("titre"),
        "territory": text("territoire"),
        "source": {"title": text("source"), "reference": text("cote")},
        "signature": "signature",
        "term": {
            "due": {"within": "P5Y", "from": "signature", "readings": ["duree"]},
            "title": text("terme"),
            "clause": text("clause du terme"),
            "note": text("note du terme"),
        },
        "parties": [
            {**_named("ville", text), "signatory": True, **_texts(text, "ville", "represented_by", "part")},
            {**_named("maire", text), "organ_of": "ville"},
            _named("etat", text),
        ],
        "groups": [{**_named("tous", text), "members": ["ville", "etat"]}],
        "roles": [{**_named("pilote", text), "held_by": ["etat"]}],
        "events": [
            {"id": "signature", "date": "2022-01-10", **_texts(text, "signature", "title", "clause", "note")},
            {"id": "achevement", **_texts(text, "achevement", "title", "clause", "note")},
            {"id": "demande", "repeats": True, **_texts(text, "demande", "title", "clause", "note")},
        ],
        "engagements": [
            _engagement("plan", text, ["ville"], "one-off", due={"within": "P6M", "from": "signature"}),
            _engagement("bilan", text, ["tous"], "recurring", due={"every": "P1Y", "from": "signature"}),
            _engagement("veille", text, ["maire"], "continuing"),
            _engagement("reponse", text, ["pilote"], "on-request", trigger="demande", target={"within": "P2M"}),
            _engagement("remise", text, ["etat"], "one-off", due={"within": "P1M", "from": "achevement"}),
            _engagement("cloture", text, ["tous"], "one-off", solidary=True),
        ],
        "claims": [
            {"about": "plan", "first_year": 2022, "last_year": 2023, **_texts(text, "parole", "where", "says", "note")}
        ],
        "ignore": [{"code": "QP304", "at": "plan", "reason": text("raison")}],
    }
    sites = [
        {
            "id": "nord",
            **_texts(text, "nord", "name", "short", "commune", "source", "note"),
            "aliases": [text("nord alias")],
            **{key: [text(f"nord {key}")] for key in ("districts", "focus", "projects")},
            "zooms": [{**_texts(text, "loupe", "name", "note"), "focus": [text("loupe focus")]}],
        }
    ]
    about = {"recorded": "2022-03-01"}
    journal = [
        {"kind": "triggered", "engagement": "reponse", "on": "2022-02-01", "to": ["etat"]},
        {"kind": "fulfilled", "engagement": "plan", "on": "2022-07-20", "proof": {"url": _address(payload)}},
        {"kind": "notified", "engagement": "veille", "on": "2022-08-01", "cure": "P1M"},
        {"kind": "occurred", "event": "achevement", "on": "2026-11-01", "proof": {"file": text("piece")}},
        {
            "kind": "amended",
            "on": "2023-01-01",
            "title": text("avenant"),
            "changes": [
                {"change": "extend", "target": "terme", "by": "P1Y"},
                {"change": "end", "target": "remise"},
                {
                    "change": "add",
                    "engagement": _engagement("ajout", text, ["etat"], "one-off", due={"on": "2026-12-10"}),
                },
            ],
        },
        {"kind": "voided", "fact": "f-2", "on": "2023-02-01"},
    ]
    for rank, fact in enumerate(journal):
        fact |= {"id": f"f-{rank}", **about, **_texts(text, f"fait {rank}", "recorded_by", "note")}
    return convention, sites, journal, places


def _texts(text, thing, *keys):
    return {key: text(f"{thing} {key}") for key in keys}


def _named(name, text):
    return {"id": name, "aliases": [text(f"{name} alias")], **_texts(text, name, "name", "short", "clause", "note")}


def _engagement(name, text, debtors, kind, **more):
    return {
        "id": name,
        **_texts(text, name, "title", "clause", "note"),
        "debtors": debtors,
        "creditors": ["etat"],
        "kind": kind,
        **({"sites": ["nord"]} if name == "plan" else {}),
        **more,
    }


def _address(payload):
    """The payload as a part of an address that the reader admits: blanks are none of it."""
    return "https://preuve.example/" + re.sub(r"\s+", "_", payload)
