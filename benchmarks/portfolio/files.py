"""The three files of a made-up convention."""

from __future__ import annotations

from operator import itemgetter
from typing import TYPE_CHECKING, NamedTuple

from portfolio.commitments import commit
from portfolio.days import after
from portfolio.happenings import happen, record_avenants, record_events
from portfolio.scene import event_entries, group_entries, party_entries, role_entries, set_scene, site_entries
from portfolio.writing import FICTIONAL, block, pairs, section

if TYPE_CHECKING:
    from portfolio.scene import Scene
    from portfolio.writing import Entry


class Files(NamedTuple):
    """A convention's files by name, and how many engagements and facts they hold."""

    folder: str
    texts: dict[str, str]
    engagements: int
    facts: int


def make(seed: int, number: int, engagements: int) -> Files:
    """The convention of that number; the same for the same seed, whatever the others."""
    scene = set_scene(seed, number)
    record_events(scene)
    commitments = [commit(scene, each) for each in range(1, engagements + 1)]
    for commitment in commitments:
        happen(scene, commitment)
    _add_by_avenant(scene, engagements)
    record_avenants(scene)
    facts = [entry for _, entry in sorted(scene.journal, key=itemgetter(0))]
    texts = {
        "convention.yaml": _convention(scene, [commitment.entry for commitment in commitments]),
        "sites.yaml": _listed("sites", site_entries(scene)),
        "journal.yaml": _listed("facts", facts),
    }
    return Files(scene.id, texts, engagements, len(facts))


def _add_by_avenant(scene: Scene, engagements: int) -> None:
    """The second avenant adds an engagement, due some months after it takes effect."""
    for avenant in scene.avenants[1:]:
        added = commit(scene, engagements + avenant.number, "one-off").entry | {
            "due": f"{{on: {after(avenant.effect, 90)}}}"
        }
        added["note"] = "Ajouté par avenant."
        avenant.changes.append({"change": "add", "engagement": block(pairs(added, 10))})


def _convention(scene: Scene, engagements: list[Entry]) -> str:
    head = {
        "format": "qp/1",
        "id": scene.id,
        "title": "Convention d'engagement Quartiers productifs (fictive)",
        "territory": f"Territoire fictif {scene.number:04} – {scene.label}",
        "source": "{title: Texte inventé pour les mesures}",
        "regime": scene.regime,
        "zone": scene.zone,
        "signature": "signature",
    }
    term = {
        "title": "Terme de la Convention",
        "clause": "art. 4",
        "due": f"{{within: P{scene.months}M, from: labellisation}}",
    }
    return (
        f"{FICTIONAL}{pairs(head, 0)}\nterm:\n{pairs(term, 2)}"
        + section("events", event_entries(scene))
        + section("parties", party_entries(scene))
        + section("groups", group_entries(scene))
        + section("roles", role_entries(scene))
        + section("engagements", engagements)
    )


def _listed(key: str, entries: list[Entry]) -> str:
    """A file that holds one list."""
    return f"{FICTIONAL}format: qp/1\n" + (section(key, entries) or f"{key}: []\n")
