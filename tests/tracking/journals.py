"""Facts for tests, written as the lines of a journal."""

from __future__ import annotations


def about(kind, engagement, on, **more):
    """A fact about an engagement."""
    keys = {"id": f"f-{kind}-{on}", "kind": kind, "engagement": engagement, "on": on, **more}
    return _line(keys)


def asked(on, event="demande", **more):
    """An event that happened."""
    return _line({"id": f"f-{event}-{on}", "kind": "occurred", "event": event, "on": on, **more})


def avenant(on, *changes, name="", **more):
    """An avenant in effect on a day; its changes as `change: end, target: plan`."""
    listed = ", ".join(f"{{{change}}}" for change in changes)
    keys = {"id": name or f"a-{on}", "kind": "amended", "title": "Avenant", "on": on, **more}
    return _line({**keys, "changes": f"[{listed}]"})


def _line(keys):
    return "  - {" + ", ".join(f"{key}: {value}" for key, value in keys.items()) + "}\n"
