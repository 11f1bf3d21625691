"""Where qp was installed from, as pip noted it: what the CI of a new repository can install it from too."""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import urlsplit

from qp_cli.version import __version__

_NAME = "qp-cli"
_REACHED = ("https", "ssh")
"""The ways that lead from another machine too."""


def known_source() -> str | None:
    """What pip installs this very qp from on another machine; None where that is a folder or a file of this one.

    An address of git with its commit, that of an archive, or its name with its version where an index gave it: what
    PEP 610 has pip note beside what it installs. No user and no password of an address is ever told.
    """
    from importlib.metadata import PackageNotFoundError, distribution

    try:
        noted = distribution(_NAME).read_text("direct_url.json")
    except (PackageNotFoundError, OSError):
        return None
    if noted is None:
        return f"{_NAME}=={__version__}"
    try:
        return noted_source(json.loads(noted))
    except (ValueError, TypeError, AttributeError):
        return None


def noted_source(noted: dict[str, Any]) -> str | None:
    """What pip installs from elsewhere, of what it noted; None where it leads nowhere else."""
    address, version = noted.get("url", ""), noted.get("vcs_info")
    parts = urlsplit(address)
    if parts.scheme not in _REACHED or not parts.hostname or parts.query or parts.fragment:
        return None
    if version is None:
        is_whole = "archive_info" in noted and not noted.get("subdirectory") and "@" not in parts.netloc
        return str(address) if is_whole else None
    if version.get("vcs") != "git" or not version.get("commit_id") or noted.get("subdirectory"):
        return None
    user = "git@" if parts.scheme == "ssh" else ""
    port = f":{parts.port}" if parts.port else ""
    return f"git+{parts.scheme}://{user}{parts.hostname}{port}{parts.path}@{version['commit_id']}"
