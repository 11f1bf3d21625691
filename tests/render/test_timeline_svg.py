"""The picture of a timeline: well formed, presented by classes alone, safe whatever the data, nothing over another."""

from __future__ import annotations

import re
from datetime import date
from itertools import pairwise
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given, settings

from qp_cli.model.convention import Convention
from qp_cli.model.declarations import Declarations
from qp_cli.model.facts import Journal
from qp_cli.model.reading import read
from qp_cli.render.language import Language
from qp_cli.render.timeline.svg import draw_side, draw_svg
from qp_cli.render.timeline.svg_foot import foot_of
from qp_cli.render.timeline.svg_rows import CHART, LEFT, RIGHT, SIDE, WIDTH, Frame
from qp_cli.render.timeline.svg_shapes import escaped, extent, half, shortened, wrapped
from qp_cli.tracking.ledger import open_ledger
from qp_cli.tracking.states import State
from qp_cli.tracking.timeline import MarkKind, timeline_of
from tests.tracking.test_properties import DAYS, conventions, journals

ENGLISH, FRENCH = Language("en"), Language("fr")
SVG = "{http://www.w3.org/2000/svg}"
STYLE = Path(__file__).resolve().parents[2] / "qp_cli" / "render" / "page" / "timeline.css"
EVIL = "<script>alert(1)</script> \"gras\" & \x1b[31m\u202e 'x' onload=alert(2) ]]>"


def engagement(name, **more):
    return {"id": name, "title": "Remettre le bilan", "debtors": ["ville"], "kind": "one-off", **more}


def timeline(engagements, told=(), as_of=date(2022, 6, 1), **more):
    agreed = read(
        Convention,
        {
            "format": "qp/1",
            "id": "c",
            "title": "Convention d'essai",
            "parties": [{"id": "ville", "name": "La Ville"}],
            "events": [{"id": "signature", "title": "Signature", "date": date(2021, 3, 18)}],
            "term": {"clause": "art. 4", "due": {"within": "P24M", "from": "signature"}},
            "engagements": engagements,
            **more,
        },
    )
    facts = read(Journal, {"format": "qp/1", "facts": list(told)}).facts
    ledger = open_ledger(Declarations(agreed, (), facts), as_of)
    return timeline_of(ledger, ledger.situation.obligations)


def parsed(drawn, language=ENGLISH):
    return ET.fromstring(draw_svg(Frame(drawn, language)))  # noqa: S314 - our own


def notes(drawn, language=ENGLISH):
    """The lines below a picture."""
    return [line for _, lines in foot_of(Frame(drawn, language)).sections for line in lines]


def all_drawn(drawn, language):
    """Every picture that a page has of a timeline: the whole, the names alone, the signs."""
    frame = Frame(drawn, language)
    return "".join((draw_svg(frame), draw_side(frame), *(key.drawing for key in foot_of(frame).keys)))


def texts(root, kind):
    return [each.text for each in root.iter(f"{SVG}text") if kind in each.get("class", "").split()]


def pointed(root, kind):
    """The drawings of a class that say something to who points at them; those of the legend don't."""
    drawings = [each for each in root.iter() if kind in each.get("class", "").split()]
    return [each for each in drawings if each.find(f"{SVG}title") is not None]


def titles(root, kind):
    """What each drawing of a class says."""
    return [each.findtext(f"{SVG}title") for each in pointed(root, kind)]


def many():
    """A row for each state and sort of mark that a journal can make, and recurrences up to 2060."""
    told = [
        {"id": "f-1", "kind": "fulfilled", "engagement": "e1", "on": date(2021, 6, 1)},
        {"id": "f-2", "kind": "fulfilled", "engagement": "e2", "on": date(2021, 12, 1)},
        {"id": "f-3", "kind": "suspended", "engagement": "e3", "on": date(2021, 5, 1)},
        {"id": "f-4", "kind": "resumed", "engagement": "e3", "on": date(2021, 8, 1)},
        {"id": "f-5", "kind": "notified", "engagement": "e4", "on": date(2022, 1, 5), "cure": "P1M"},
        {"id": "f-6", "kind": "breached", "engagement": "e5", "on": date(2022, 2, 1)},
        {"id": "f-7", "kind": "waived", "engagement": "e6", "on": date(2022, 2, 1)},
        {"id": "f-8", "kind": "suspended", "engagement": "e7", "on": date(2022, 2, 1)},
        {"id": "f-9", "kind": "triggered", "engagement": "e8", "on": date(2022, 5, 20)},
        {
            "id": "f-10",
            "kind": "amended",
            "title": "Avenant",
            "on": date(2022, 1, 1),
            "changes": [{"change": "extend", "target": "terme", "by": "P12M"}],
        },
    ]
    owed = [engagement(f"e{number}", due={"within": "P6M", "from": "signature"}) for number in range(8)]
    owed += [
        engagement("e8", kind="on-request", target={"within": "P1M"}),
        engagement("e9", kind="continuing"),
        engagement("mois", kind="recurring", due={"every": "P1M", "from": "signature", "until": date(2060, 12, 31)}),
        engagement("an", kind="recurring", due={"every": "P1Y", "from": "signature", "until": date(2060, 12, 31)}),
        engagement("soon", due={"on": date(2022, 6, 15)}),
        engagement("later", due={"on": date(2023, 1, 1)}),
        engagement("awaited", kind="on-request"),
    ]
    return timeline(owed, told)


def test_a_deadline_is_a_diamond_that_says_its_day_its_state_and_its_clause():
    root = parsed(timeline([engagement("bilan", clause="art. 1", due={"within": "P6M", "from": "signature"})]))
    (title,) = titles(root, "tl-due")
    assert title == "Saturday 18 September 2021: deadline: overdue, 256 days (art. 1)"
    assert texts(root, "tl-date") == ["Sat 18 Sep 2021"]
    assert texts(root, "tl-words") == ["overdue, 256\u00a0days"]
    assert texts(root, "tl-day") == ["On 1 Jun 2022"]
    assert texts(root, "tl-until") == ["Term of the convention: 18 Mar 2023"]


def test_dates_derived_from_the_term_are_counted_apart_in_the_description_as_everywhere():
    owed = [engagement("bilan", due={"on": date(2022, 1, 1)}), engagement("referent"), engagement("plan")]
    passed = parsed(timeline(owed, as_of=date(2023, 3, 19))).findtext(f"{SVG}desc")
    assert passed.endswith("3 obligations: 1 overdue, 2 by a date derived from the term.")
    near = parsed(timeline(owed[1:], as_of=date(2023, 3, 1)), FRENCH).findtext(f"{SVG}desc")
    assert near.endswith("2 obligations\u00a0: 2 à échéance déduite du terme (dont 2 à terme proche).")


def test_it_is_an_image_with_a_title_and_a_description_in_words():
    root = parsed(timeline([engagement("bilan", due={"on": date(2022, 1, 1)})]))
    title, description = root.find(f"{SVG}title"), root.find(f"{SVG}desc")
    assert root.get("role") == "img"
    assert (root.get("aria-labelledby"), root.get("aria-describedby")) == (title.get("id"), description.get("id"))
    assert title.text == "Convention d'essai: timeline on 1 June 2022"
    assert "1 obligation: 1 overdue." in description.text
    assert "The term still runs" in description.text


def test_ids_begin_with_the_key_so_that_a_page_can_hold_several():
    drawn = timeline([engagement("bilan")])
    ids = re.findall(r'\bid="([^"]+)"', "".join(draw_svg(Frame(drawn, ENGLISH), key=key) for key in "ab"))
    assert sorted(ids) == ["a-desc", "a-title", "b-desc", "b-title"]


def test_french_readers_get_french_days():
    root = parsed(timeline([engagement("bilan", due={"on": date(2022, 1, 1)})]), FRENCH)
    assert texts(root, "tl-date") == ["sam. 01/01/2022"]
    assert texts(root, "tl-day") == ["Au 01/06/2022"]


def test_what_is_not_drawn_is_said_below():
    told = [
        {"id": "f-1", "kind": "fulfilled", "engagement": "bilan", "on": date(2022, 1, 1)},
        {"id": "f-2", "kind": "voided", "fact": "f-1", "on": date(2022, 1, 2)},
        {"id": "f-3", "kind": "fulfilled", "engagement": "bilan", "on": date(2022, 7, 1)},
    ]
    old = {"id": "loi", "title": "Loi", "date": date(2003, 8, 1)}
    signed = {"id": "signature", "title": "Signature", "date": date(2021, 3, 18)}
    owed = [engagement("bilan"), engagement("avis", kind="on-request")]
    assert notes(timeline(owed, told, events=[old, signed])) == [
        "Friday 1 August 2003: Loi",
        "Remettre le bilan · La Ville: conditional: awaits a request",
        "* derived from the term, not written in the text",
        "1 cancelled fact is not drawn. To see it: qp log",
        "1 fact is dated later than 1 June 2022.",
    ]


def test_lanes_beyond_two_hundred_are_counted():
    owed = [engagement(f"e{number}", due={"on": date(2022, 1, 1)}) for number in range(203)]
    drawn = timeline(owed)
    assert len(texts(parsed(drawn), "tl-date")) == 200
    assert notes(drawn) == ["… and 3 more"]


def test_marks_that_are_close_are_one_drawing_that_counts_and_tells_them_the_overdue_one_giving_its_colour():
    told = [{"id": "f-1", "kind": "notified", "engagement": "bilan", "on": date(2021, 9, 20)}]
    root = parsed(timeline([engagement("bilan", due={"on": date(2021, 9, 18)})], told, as_of=date(2024, 1, 1)))
    (drawing,) = pointed(root, "tl-is-overdue")
    assert "tl-many" in drawing.get("class")
    assert drawing.find(f"{SVG}text").text == "2"
    told = drawing.find(f"{SVG}title").text.splitlines()
    assert [line.partition(": ")[0] for line in told] == ["Saturday 18 September 2021", "Monday 20 September 2021"]


def test_lines_of_one_engagement_say_whose_they_are_where_the_names_stay_in_view():
    parties = [{"id": "ville", "name": "La Ville"}, {"id": "etat", "name": "État"}]
    owed = [
        engagement("bilan", debtors=["ville", "etat"], due={"within": "P6M", "from": "signature"}),
        engagement("compte", title="Rendre compte", due={"within": "P9M", "from": "signature"}),
    ]
    told = [{"id": "f-1", "kind": "fulfilled", "engagement": "bilan", "by": "etat", "on": date(2021, 6, 1)}]
    side = ET.fromstring(draw_side(Frame(timeline(owed, told, parties=parties), ENGLISH)))  # noqa: S314 - our own
    assert sorted(texts(side, "tl-sub")) == ["La Ville", "État"]
    assert texts(side, "tl-name").count("Remettre le bilan") == 2


def test_the_first_year_of_an_axis_does_not_hang_over_its_edge():
    drawn = timeline([engagement("bilan", due={"within": "P6M", "from": "signature"})])
    edges = [each for each in parsed(drawn).iter(f"{SVG}text") if "tl-year" in each.get("class", "").split()]
    for each in edges:
        near = float(each.get("x")) - LEFT < extent(each.text, 11) / 2
        assert ("tl-start" in each.get("class").split()) is near


def test_an_overdue_date_derived_from_the_term_is_drawn_apart():
    (drawing,) = pointed(parsed(timeline([engagement("bilan")], as_of=date(2024, 1, 1))), "tl-due")
    assert {"tl-is-overdue", "tl-derived"} <= set(drawing.get("class").split())


def test_every_class_of_the_picture_has_its_presentation_and_its_place_in_the_documentation():
    import qp_cli.render.timeline.svg as module

    used = {name for found in re.findall(r'class="([^"]+)"', all_drawn(many(), ENGLISH)) for name in found.split()}
    presented = set(re.findall(r"\.(tl[a-z-]*)", STYLE.read_text("utf-8")))
    documented = set(re.findall(r"`(tl[a-z-]*)`", module.__doc__))
    assert {f"tl-is-{state}" for state in State} | {f"tl-{sort.replace('_', '-')}" for sort in MarkKind} <= documented
    assert used <= documented
    assert presented <= documented
    assert used - presented <= {"tl-due", "tl-previous-due", "tl-waived", "tl-key"}, "they look as their parts do"


def test_it_holds_nothing_that_a_strict_policy_forbids():
    drawn = all_drawn(many(), FRENCH)
    assert not re.search(r"<(style|script|image|use|a|foreignObject)\b", drawn)
    assert not re.search(r"\s(style|on[a-z]+|href|xlink:href|src)=", drawn)
    assert set(re.findall(r"https?://[^\"]+", drawn)) == {"http://www.w3.org/2000/svg"}


def test_hostile_texts_stay_texts():
    owed = [
        engagement("bilan", title=EVIL, clause=EVIL, due={"on": date(2022, 1, 1)}),
        engagement("avis", kind="on-request", title=EVIL),
    ]
    events = [{"id": "signature", "title": EVIL, "date": date(2021, 3, 18)}]
    drawn = all_drawn(timeline(owed, title=EVIL, parties=[{"id": "ville", "name": EVIL}], events=events), ENGLISH)
    root = ET.fromstring(f"<all>{drawn}</all>")  # noqa: S314 - our own
    assert {each.tag.removeprefix(SVG) for each in root.iter()} <= {
        "all",
        "svg",
        "title",
        "desc",
        "g",
        "path",
        "line",
        "rect",
        "text",
    }
    assert not {name for each in root.iter() for name in each.attrib if name.startswith("on")}
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202e]", drawn)


def test_the_same_data_on_the_same_day_gives_the_same_bytes():
    assert all_drawn(many(), ENGLISH) == all_drawn(many(), ENGLISH)


# Geometry


def spans(root, kind, sizes):
    """The place of each text of a class: the line it is on, where it begins and where it ends."""
    for each in root.iter(f"{SVG}text"):
        names = each.get("class", "").split()
        if kind in names:
            wide = extent(each.text, sizes)
            x = float(each.get("x"))
            start = x - (wide if "tl-end" in names else wide / 2 if {"tl-middle", "tl-year"} & set(names) else 0)
            yield float(each.get("y")), start, start + wide


def test_labels_stay_inside_the_picture_and_never_lie_over_one_another():
    long = (
        "Transmettre aux services déconcentrés de l'État le rapport annuel d'exécution de la convention pluriannuelle"
    )
    owed = [engagement(f"e{n}", title=f"{long} {n}", due={"on": date(2022, 1, 1 + n % 28)}) for n in range(30)]
    root = parsed(timeline(owed, parties=[{"id": "ville", "name": "La Ville de " + "Saint-" * 40}]), FRENCH)
    names = list(spans(root, "tl-name", 12)) + list(spans(root, "tl-sub", 11))
    assert all(end <= LEFT for _, _, end in names)
    assert len({y for y, _, _ in names}) == len(names)
    beside = [*spans(root, "tl-date", 11), *spans(root, "tl-words", 11)]
    assert all(start >= RIGHT and end <= WIDTH for _, start, end in beside)
    years = sorted(spans(root, "tl-year", 11))
    assert all(before[2] < after[1] for before, after in pairwise(years))
    rows = sorted(
        (float(each.get("y")), float(each.get("height")))
        for each in root.iter(f"{SVG}rect")
        if "tl-row" in each.get("class")
    )
    assert all(top + height == after for (top, height), (after, _) in pairwise(rows))
    assert max(y for y, _, _ in names) < rows[-1][0] + rows[-1][1]


def test_the_names_that_stay_in_view_stand_at_the_height_of_their_lines_and_in_their_room():
    title = "Transmettre aux services déconcentrés de l'État le rapport annuel d'exécution de la convention"
    owed = [engagement(f"e{n}", title=title if n % 2 else "Bilan", due={"on": date(2022, 1, 1 + n)}) for n in range(20)]
    frame = Frame(timeline(owed), FRENCH)
    whole, side = (ET.fromstring(each) for each in (draw_svg(frame), draw_side(frame)))  # noqa: S314 - our own
    assert next(each.get("viewBox").split()[3] for each in (whole, side)) == side.get("viewBox").split()[3]
    assert side.get("aria-hidden") == "true"
    rows = [(each.top, each.top + each.height) for each in frame.rows]
    groups = [each for each in side.iter(f"{SVG}g") if each.find(f"{SVG}title") is not None]
    assert len(groups) == len(rows)
    for group, (top, bottom) in zip(groups, rows, strict=True):
        lines = list(spans(group, "tl-name", 11 * 1.12))
        assert lines
        assert all(top < y - 8 and y < bottom and end <= SIDE for y, _, end in lines)


def drawings(root):
    """The place of each mark of each row, and how many marks it stands for."""
    for row in root.iter(f"{SVG}g"):
        if row.get("class") == "tl-lane":
            yield [
                (float(re.search(r"translate\(([\d.]+)", each.get("transform"))[1]), each.findtext(f"{SVG}text") or "1")
                for each in row.iter(f"{SVG}g")
                if "tl-mark" in each.get("class", "").split()
            ]


def test_the_drawings_of_a_lane_do_not_lie_over_one_another_even_with_a_recurrence_until_2060():
    found = list(drawings(parsed(many())))
    assert max(map(len, found)) > 20
    for places in found:
        for (before, count), (after, other) in pairwise(places):
            assert after - before >= half(int(count)) + half(int(other)) - 3.2


@settings(max_examples=60, deadline=None)
@given(conventions(), journals(), DAYS)
def test_every_mark_of_a_drawn_lane_is_counted_in_a_drawing_on_the_axis(agreed, told, as_of):
    ledger = open_ledger(Declarations(agreed, (), told), as_of)
    drawn = timeline_of(ledger, ledger.situation.obligations)
    found = list(drawings(parsed(drawn)))
    rows = [drawn.marks, *(row.marks for row in drawn.rows if row.is_drawn)]
    assert [sum(int(count) for _, count in places) for places in found] == [len(marks) for marks in rows]
    assert all(LEFT <= x <= LEFT + CHART for places in found for x, _ in places)


# Words


def test_a_text_that_has_no_room_ends_with_an_ellipsis():
    assert shortened("Remettre le bilan", 500, 12) == "Remettre le bilan"
    cut = shortened("Remettre le bilan annuel à la Métropole", 100, 12)
    assert cut.endswith("…")
    assert extent(cut, 12) <= 100


def test_a_shortened_text_ends_after_a_word_unless_its_first_one_has_no_room():
    text = "Appuyer, pour prioriser ses projets"
    cuts = {shortened(text, room, 12) for room in range(40, 260)}
    words = {f"{' '.join(text.split()[:count]).rstrip(',')}…" for count in range(1, 5)}
    whole = {cut for cut in cuts if cut.startswith("Appuyer") or cut == text}
    assert whole <= {*words, text}
    assert all("Appuyer".startswith(cut.rstrip("…")) for cut in cuts - whole)


def test_a_text_is_broken_between_words_and_the_rest_of_it_shortened():
    assert wrapped("un deux trois", 500, 12, 2) == ["un deux trois"]
    lines = wrapped("Remettre le bilan annuel à la Métropole et aux services", 110, 12, 2)
    assert len(lines) == 2
    assert lines[0] == "Remettre le bilan"
    assert lines[1].endswith("…")
    assert all(extent(line, 12) <= 110 for line in lines)


@pytest.mark.parametrize("text", ["", " ", "mot" * 90, "東京" * 30])
def test_no_text_is_wider_than_its_room(text):
    assert all(extent(line, 12) <= 100 for line in wrapped(text, 100, 12, 3))


def test_nothing_invisible_goes_through():
    assert escaped("a<b>&'\"\x1b\u202e") == "a&lt;b&gt;&amp;&#39;&quot;\\u001b\\u202e"
