"""What an index shows of qp: links made from the one address of the project, in `qp_cli/version.py`."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from hatchling.metadata.plugin.interface import MetadataHookInterface


class ProjectAddress(MetadataHookInterface):
    """Fills in `urls` and `readme`; without an address there are none, and the README's links stay as they are."""

    PLUGIN_NAME = "custom"

    def update(self, metadata: dict[str, Any]) -> None:
        """Adds them to what pyproject.toml says."""
        top = Path(self.root)
        said = (top / "qp_cli" / "version.py").read_text("utf-8")
        version, address = (
            re.findall(rf'^{name} = "(.*)"$', said, re.MULTILINE)[0] for name in ("__version__", "ADDRESS")
        )
        readme = (top / "README.md").read_text("utf-8")
        if address:
            at = f"{address}/blob/v{version}"
            readme = re.sub(r"!\[([^]]*)\]\((?!https?:)", rf"![\1]({address}/raw/v{version}/", readme)
            readme = re.sub(r"(?<!!)\[([^]]*)\]\((?!https?:|#)", rf"[\1]({at}/", readme)
            metadata["urls"] = {
                "Repository": address,
                "Documentation": f"{at}/README.md",
                "Changelog": f"{at}/CHANGELOG.md",
                "Issues": f"{address}/issues",
            }
        else:
            metadata["urls"] = {}
        metadata["readme"] = {"content-type": "text/markdown", "text": readme}
