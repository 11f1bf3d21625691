"""What each model holds, for values read without Pydantic. Written by scripts/layout.py: change the models.

For each model: its traits, its constants, and its fields, each with its form and with its value, as JSON has it, where
nothing is said; `...` where something must be.
"""

from typing import Any, Final

# fmt: off
# ruff: noqa: E501
_0 = ("among", ("quantieme", "duree", "procedure-civile", "ccag", "ue-1182-71", "delai-franc", "silence-administration", "prescription", "a-rebours"))
_1 = ("many", ("among", ("quantieme", "duree", "procedure-civile", "ccag", "ue-1182-71", "delai-franc", "silence-administration", "prescription", "a-rebours")))
_2 = ("many", ("one", (("model", "Extend"), ("model", "Redate"), ("model", "Reassign"), ("model", "Add"), ("model", "End"))))
_3 = ("many", ("one", (("model", "Fulfilled"), ("model", "Waived"), ("model", "Suspended"), ("model", "Resumed"), ("model", "Notified"), ("model", "Breached"), ("model", "Triggered"), ("model", "Occurred"), ("model", "Amended"), ("model", "Voided"))))
_4 = ("many", ("one", (("model", "On"), ("model", "Within"), ("model", "AtTheLatest"), ("model", "AtLeast"), ("model", "EarliestOf"), ("model", "LatestOf"), ("model", "Every"), ("model", "Rule"))))
_5 = ("maybe", ("among", ("quantieme", "duree", "procedure-civile", "ccag", "ue-1182-71", "delai-franc", "silence-administration", "prescription", "a-rebours")))
_6 = ("maybe", ("one", ("text", "day", ("model", "Every"), ("model", "Rule"))))
_7 = ("maybe", ("one", (("model", "On"), ("model", "Within"), ("model", "AtTheLatest"), ("model", "AtLeast"), ("model", "EarliestOf"), ("model", "LatestOf"), ("model", "Every"), ("model", "Rule"))))
_8 = ("one", (("model", "On"), ("model", "Within"), ("model", "AtTheLatest"), ("model", "AtLeast"), ("model", "EarliestOf"), ("model", "LatestOf"), ("model", "Every"), ("model", "Rule")))

LAYOUT: Final[dict[str, tuple[tuple[str, ...], dict[str, str], tuple[tuple[str, Any, Any], ...]]]] = {
    "Add": ((), {}, (
        ("change", ("among", ("add",)), ...), ("engagement", ("model", "Engagement"), ...),
        ("since", ("maybe", "day"), None),
    )),
    "Amended": (("Effective",), {}, (
        ("id", "text", ...), ("on", "day", ...), ("recorded", ("maybe", "day"), None),
        ("recorded_by", ("maybe", "text"), None), ("note", ("maybe", "text"), None),
        ("proof", ("maybe", ("model", "Proof")), None), ("kind", ("among", ("amended",)), ...), ("title", "text", ...),
        ("signed", ("maybe", "day"), None), ("effect", ("maybe", "day"), None), ("changes", _2, ...),
    )),
    "AtLeast": ((), {"form": "at_least"}, (
        ("at_least", "delay", ...), ("before", ("one", ("text", "day")), ...),
    )),
    "AtTheLatest": ((), {"form": "at_the_latest"}, (
        ("at_the_latest", "delay", ...), ("before", ("one", ("text", "day")), ...), ("regime", _5, None),
    )),
    "Breached": ((), {}, (
        ("id", "text", ...), ("on", "day", ...), ("recorded", ("maybe", "day"), None),
        ("recorded_by", ("maybe", "text"), None), ("note", ("maybe", "text"), None),
        ("proof", ("maybe", ("model", "Proof")), None), ("engagement", "text", ...), ("by", ("maybe", "text"), None),
        ("sites", ("many", "text"), []), ("occurrence", ("maybe", "day"), None),
        ("kind", ("among", ("breached",)), ...),
    )),
    "Claim": ((), {}, (
        ("about", "text", ...), ("where", "text", ...), ("says", "text", ...),
        ("first_year", ("maybe", "number"), None), ("last_year", ("maybe", "number"), None), ("done", "flag", False),
        ("note", ("maybe", "text"), None),
    )),
    "Convention": ((), {}, (
        ("format", ("among", ("qp/1",)), ...), ("id", "text", ...), ("title", "text", ...),
        ("territory", ("maybe", "text"), None), ("source", ("maybe", ("model", "Source")), None),
        ("regime", _0, "quantieme"), ("zone", ("choice", "Zone"), "metropole"), ("due_soon_days", "number", 30),
        ("approval", ("maybe", "text"), None), ("signature", ("maybe", "text"), None),
        ("term", ("maybe", ("model", "Term")), None), ("parties", ("many", ("model", "Party")), ...),
        ("groups", ("many", ("model", "Group")), []), ("roles", ("many", ("model", "Role")), []),
        ("events", ("many", ("model", "Event")), []), ("engagements", ("many", ("model", "Engagement")), []),
        ("claims", ("many", ("model", "Claim")), []), ("ignore", ("many", ("model", "Ignore")), []),
    )),
    "EarliestOf": ((), {"form": "earliest_of"}, (
        ("earliest_of", _4, ...),
    )),
    "End": ((), {}, (
        ("target", "text", ...), ("since", ("maybe", "day"), None), ("occurrence", ("maybe", "day"), None),
        ("debtor", ("maybe", "text"), None), ("sites", ("many", "text"), []), ("change", ("among", ("end",)), ...),
    )),
    "Engagement": ((), {}, (
        ("id", "text", ...), ("title", "text", ...), ("clause", ("maybe", "text"), None),
        ("debtors", ("many", "text"), ...), ("creditors", ("many", "text"), []), ("support", ("many", "text"), []),
        ("performer", ("maybe", "text"), None), ("solidary", "flag", False), ("reporting", "flag", False),
        ("kind", ("choice", "Kind"), ...), ("nature", ("maybe", ("choice", "Nature")), None),
        ("scope", ("choice", "Scope"), "convention"), ("trigger", ("maybe", "text"), None), ("due", _7, None),
        ("target", ("maybe", ("model", "Within")), None), ("sites", ("many", "text"), []),
        ("note", ("maybe", "text"), None),
    )),
    "Event": ((), {}, (
        ("id", "text", ...), ("title", "text", ...), ("date_", ("maybe", "day"), None), ("repeats", "flag", False),
        ("clause", ("maybe", "text"), None), ("note", ("maybe", "text"), None),
    )),
    "Every": ((), {"form": "every"}, (
        ("every", "period", ...), ("from_", ("maybe", ("one", ("text", "day"))), None),
        ("first", ("maybe", ("one", ("text", "day"))), None), ("until", ("one", ("text", "day")), [0, "terme"]),
        ("regime", _5, None),
    )),
    "Extend": ((), {}, (
        ("target", "text", ...), ("since", ("maybe", "day"), None), ("occurrence", ("maybe", "day"), None),
        ("debtor", ("maybe", "text"), None), ("sites", ("many", "text"), []), ("change", ("among", ("extend",)), ...),
        ("by", "period", ...),
    )),
    "Fulfilled": ((), {}, (
        ("id", "text", ...), ("on", "day", ...), ("recorded", ("maybe", "day"), None),
        ("recorded_by", ("maybe", "text"), None), ("note", ("maybe", "text"), None),
        ("proof", ("maybe", ("model", "Proof")), None), ("engagement", "text", ...), ("by", ("maybe", "text"), None),
        ("sites", ("many", "text"), []), ("occurrence", ("maybe", "day"), None),
        ("kind", ("among", ("fulfilled",)), ...),
    )),
    "Group": (("Labelled",), {}, (
        ("id", "text", ...), ("name", "text", ...), ("short", ("maybe", "text"), None),
        ("aliases", ("many", "text"), []), ("clause", ("maybe", "text"), None), ("note", ("maybe", "text"), None),
        ("members", ("many", "text"), ...),
    )),
    "Ignore": ((), {}, (
        ("code", "text", ...), ("at", "text", ...), ("reason", "text", ...),
    )),
    "Journal": ((), {}, (
        ("format", ("among", ("qp/1",)), ...), ("facts", _3, []),
    )),
    "LatestOf": ((), {"form": "latest_of"}, (
        ("latest_of", _4, ...),
    )),
    "Notified": ((), {}, (
        ("id", "text", ...), ("on", "day", ...), ("recorded", ("maybe", "day"), None),
        ("recorded_by", ("maybe", "text"), None), ("note", ("maybe", "text"), None),
        ("proof", ("maybe", ("model", "Proof")), None), ("engagement", "text", ...), ("by", ("maybe", "text"), None),
        ("sites", ("many", "text"), []), ("occurrence", ("maybe", "day"), None),
        ("kind", ("among", ("notified",)), ...), ("cure", ("maybe", "delay"), None),
    )),
    "Occurred": ((), {}, (
        ("id", "text", ...), ("on", "day", ...), ("recorded", ("maybe", "day"), None),
        ("recorded_by", ("maybe", "text"), None), ("note", ("maybe", "text"), None),
        ("proof", ("maybe", ("model", "Proof")), None), ("kind", ("among", ("occurred",)), ...), ("event", "text", ...),
        ("by", ("maybe", "text"), None), ("to", ("many", "text"), []), ("sites", ("many", "text"), []),
    )),
    "On": ((), {"form": "on"}, (
        ("on", "day", ...),
    )),
    "Party": (("Labelled",), {}, (
        ("id", "text", ...), ("name", "text", ...), ("short", ("maybe", "text"), None),
        ("aliases", ("many", "text"), []), ("clause", ("maybe", "text"), None), ("note", ("maybe", "text"), None),
        ("organ_of", ("maybe", "text"), None), ("signatory", "flag", False),
        ("represented_by", ("maybe", "text"), None), ("part", ("maybe", "text"), None),
    )),
    "Proof": ((), {}, (
        ("url", ("maybe", "text"), None), ("file", ("maybe", "text"), None), ("sha256", ("maybe", "text"), None),
    )),
    "Reassign": ((), {}, (
        ("target", "text", ...), ("since", ("maybe", "day"), None), ("occurrence", ("maybe", "day"), None),
        ("debtor", ("maybe", "text"), None), ("sites", ("many", "text"), []), ("change", ("among", ("debtors",)), ...),
        ("debtors", ("many", "text"), ...),
    )),
    "Redate": ((), {}, (
        ("target", "text", ...), ("since", ("maybe", "day"), None), ("occurrence", ("maybe", "day"), None),
        ("debtor", ("maybe", "text"), None), ("sites", ("many", "text"), []), ("change", ("among", ("due",)), ...),
        ("due", _8, ...),
    )),
    "Resumed": ((), {}, (
        ("id", "text", ...), ("on", "day", ...), ("recorded", ("maybe", "day"), None),
        ("recorded_by", ("maybe", "text"), None), ("note", ("maybe", "text"), None),
        ("proof", ("maybe", ("model", "Proof")), None), ("engagement", "text", ...), ("by", ("maybe", "text"), None),
        ("sites", ("many", "text"), []), ("occurrence", ("maybe", "day"), None), ("kind", ("among", ("resumed",)), ...),
    )),
    "Role": (("Labelled",), {}, (
        ("id", "text", ...), ("name", "text", ...), ("short", ("maybe", "text"), None),
        ("aliases", ("many", "text"), []), ("clause", ("maybe", "text"), None), ("note", ("maybe", "text"), None),
        ("held_by", ("many", "text"), []),
    )),
    "Rule": ((), {"form": "rrule"}, (
        ("rrule", "text", ...), ("from_", ("one", ("text", "day")), ...),
        ("until", ("one", ("text", "day")), [0, "terme"]),
    )),
    "Site": (("Labelled",), {}, (
        ("id", "text", ...), ("name", "text", ...), ("short", ("maybe", "text"), None),
        ("aliases", ("many", "text"), []), ("commune", "text", ...), ("districts", ("many", "text"), []),
        ("focus", ("many", "text"), []), ("projects", ("many", "text"), []), ("zooms", ("many", ("model", "Zoom")), []),
        ("source", ("maybe", "text"), None), ("note", ("maybe", "text"), None),
    )),
    "Sites": ((), {}, (
        ("format", ("among", ("qp/1",)), ...), ("sites", ("many", ("model", "Site")), []),
    )),
    "Source": ((), {}, (
        ("title", "text", ...), ("reference", ("maybe", "text"), None), ("date_", ("maybe", "day"), None),
    )),
    "Suspended": ((), {}, (
        ("id", "text", ...), ("on", "day", ...), ("recorded", ("maybe", "day"), None),
        ("recorded_by", ("maybe", "text"), None), ("note", ("maybe", "text"), None),
        ("proof", ("maybe", ("model", "Proof")), None), ("engagement", "text", ...), ("by", ("maybe", "text"), None),
        ("sites", ("many", "text"), []), ("occurrence", ("maybe", "day"), None),
        ("kind", ("among", ("suspended",)), ...),
    )),
    "Term": ((), {}, (
        ("due", _8, ...), ("title", ("maybe", "text"), None), ("clause", ("maybe", "text"), None),
        ("note", ("maybe", "text"), None),
    )),
    "Triggered": ((), {}, (
        ("id", "text", ...), ("on", "day", ...), ("recorded", ("maybe", "day"), None),
        ("recorded_by", ("maybe", "text"), None), ("note", ("maybe", "text"), None),
        ("proof", ("maybe", ("model", "Proof")), None), ("kind", ("among", ("triggered",)), ...),
        ("engagement", "text", ...), ("by", ("maybe", "text"), None), ("to", ("many", "text"), []),
        ("sites", ("many", "text"), []),
    )),
    "Voided": ((), {}, (
        ("id", "text", ...), ("on", "day", ...), ("recorded", ("maybe", "day"), None),
        ("recorded_by", ("maybe", "text"), None), ("note", ("maybe", "text"), None),
        ("proof", ("maybe", ("model", "Proof")), None), ("kind", ("among", ("voided",)), ...), ("fact", "text", ...),
    )),
    "Waived": ((), {}, (
        ("id", "text", ...), ("on", "day", ...), ("recorded", ("maybe", "day"), None),
        ("recorded_by", ("maybe", "text"), None), ("note", ("maybe", "text"), None),
        ("proof", ("maybe", ("model", "Proof")), None), ("engagement", "text", ...), ("by", ("maybe", "text"), None),
        ("sites", ("many", "text"), []), ("occurrence", ("maybe", "day"), None), ("kind", ("among", ("waived",)), ...),
    )),
    "Within": ((), {"form": "within"}, (
        ("within", "delay", ...), ("from_", _6, None), ("regime", _5, None), ("readings", _1, []),
    )),
    "Zoom": ((), {}, (
        ("name", "text", ...), ("focus", ("many", "text"), []), ("note", ("maybe", "text"), None),
    )),
}
