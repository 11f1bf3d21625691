"""Where the cache is: never where somebody else could have put something into it."""

from __future__ import annotations

import os
import stat
import sys
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

NAME = "qp"
_HAS_OWNERS = hasattr(os, "geteuid")


def cache_folder(environ: Mapping[str, str], read: Iterable[Path] = ()) -> Path | None:
    """The folder of the cache; None where there is to be none.

    QP_NO_CACHE switches it off, QP_CACHE_DIR puts it elsewhere; else it is where the user's other caches are. It is
    never in a work tree, whose files anybody may have committed, nor below a folder that others can write to.

    Args:
        environ: the variables.
        read: the folders of the conventions that are read.
    """
    if environ.get("QP_NO_CACHE"):
        return None
    try:
        named = environ.get("QP_CACHE_DIR")
        found = Path(named) if named else users_folder(environ)
        return found if found and not _in_a_work_tree(found, read) and _is_kept_from_others(found) else None
    except (OSError, RuntimeError, ValueError):
        return None


def _in_a_work_tree(cache: Path, read: Iterable[Path]) -> bool:
    """Whether the cache would be among files that came from elsewhere."""
    place = cache.resolve()
    above = (place, *place.parents)
    trees = {_work_tree(folder.resolve()) for folder in read}
    if trees.intersection(above):
        return True
    try:
        home = Path.home().resolve()  # which some keep in git themselves
    except RuntimeError:
        home = None
    return any(os.path.lexists(each / ".git") for each in above if each != home)


def _work_tree(folder: Path) -> Path:
    """The top of the work tree that a convention's folder is in; without git, what holds its `data`."""
    for each in (folder, *folder.parents):
        if os.path.lexists(each / ".git"):
            return each
    return folder.parent if folder.name == "data" else folder


def _is_kept_from_others(cache: Path) -> bool:
    """Whether nobody else can put another folder in the place of this one, or of one above it."""
    if not _HAS_OWNERS:
        return True
    above = {*cache.absolute().parents, *cache.resolve().parents}
    return all(_belongs_to_us(each) for each in above)


def _belongs_to_us(folder: Path) -> bool:
    try:
        found = folder.lstat()
    except FileNotFoundError:  # made by us, then
        return True
    if found.st_uid not in {0, os.geteuid()}:
        return False
    if stat.S_ISLNK(found.st_mode) or found.st_mode & stat.S_ISVTX:
        return True
    of_a_group = (
        found.st_mode & stat.S_IWGRP and found.st_gid != found.st_uid
    )  # a group of the user's own is nobody else
    return not found.st_mode & stat.S_IWOTH and not of_a_group


def users_folder(environ: Mapping[str, str]) -> Path | None:
    """The user's own; None for one without a home.

    On Linux as platformdirs says it, which takes as long to load as the cache to read.
    """
    if sys.platform != "linux":
        from platformdirs import user_cache_path

        return user_cache_path(NAME, appauthor=False)
    named = Path(environ.get("XDG_CACHE_HOME", ""))
    if named.is_absolute():
        return named / NAME
    home = Path.home()
    return home / ".cache" / NAME if home.is_dir() else None
