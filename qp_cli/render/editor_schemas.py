"""The JSON Schemas that a repository keeps for its editors, with its own ids; and what else editors are told."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from qp_cli.render.formats import to_json
from qp_cli.store.places import CONVENTION, JOURNAL, SITES
from qp_cli.version import __version__

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from qp_cli.model.convention import Convention
    from qp_cli.model.facts import Fact
    from qp_cli.model.json_schema import Schema
    from qp_cli.model.proposed_ids import ProposedIds
    from qp_cli.model.sites import Site
    from qp_cli.render.language import Language

OWN_FILES = {name: name.removesuffix(".yaml") for name in (CONVENTION, SITES, JOURNAL)}
"""The files of one convention, and the name of the schema of each."""
KEPT = "qp schema --update"
"""What made a schema that is kept in step: its second line says so."""
_EXTENSION = "redhat.vscode-yaml"


def proposed_in(name: str, convention: Convention, sites: Sequence[Site], facts: Sequence[Fact]) -> ProposedIds:
    """The ids that the file of a schema can name, by their sorts."""
    from qp_cli.model.proposed_ids import ids_in_convention, ids_in_journal

    if name == OWN_FILES[JOURNAL]:
        return ids_in_journal(convention, sites, facts)
    return ids_in_convention(convention, sites) if name == OWN_FILES[CONVENTION] else {}


def plain_schema(name: str, languages: Sequence[Language] = ()) -> Schema:
    """A schema without ids, in some languages, else in every one."""
    from qp_cli.model.json_schema import json_schema

    return json_schema(name, [language.text for language in languages or _every_language()])


def kept_schema(name: str, ids: ProposedIds, languages: Sequence[Language] = ()) -> Schema:
    """A schema with the ids of a repository, in some languages, else in every one; the same for the same ids."""
    from qp_cli.model.json_schema import json_schema

    says = [language.text for language in languages or _every_language()]
    return json_schema(name, says, ids, origin_of(name, ids))


def kept_text(name: str, ids: ProposedIds) -> str:
    """The file of a kept schema."""
    return to_json(kept_schema(name, ids))


def origin_of(name: str, ids: ProposedIds) -> str:
    """What a kept schema says it was made by: the command, and of what, so that one out of step is told by its head."""
    from hashlib import sha256

    held = to_json({"qp": __version__, "schema": name, "ids": ids})
    return f"{KEPT} ({sha256(held.encode()).hexdigest()[:12]})"


@cache
def _every_language() -> tuple[Language, ...]:
    from qp_cli.render.language import Language

    return Language("fr"), Language("en")


def editor_settings(folder: str = "data/") -> dict[str, bytes]:
    """What VS Code and VSCodium are told, by path: the extension for YAML, and the schema of each file of a folder."""
    schemas = {f"./schemas/{name}.schema.json": f"{folder}{file}" for file, name in OWN_FILES.items()}
    settings: Mapping[str, object] = {
        "yaml.schemas": schemas,
        "yaml.schemaStore.enable": False,
        "redhat.telemetry.enabled": False,
    }
    return {
        ".vscode/extensions.json": to_json({"recommendations": [_EXTENSION]}).encode(),
        ".vscode/settings.json": to_json(settings).encode(),
    }
