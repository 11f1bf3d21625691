"""The files of a repository by their names, and by what they are; found while they are looked for."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from qp_cli.checks.subject import Subject
    from qp_cli.findings import Finding


def misnamed_files(subject: Subject) -> Iterator[Finding]:
    """A file that is not read, for its name is only nearly the one that is.

    ## What it does

    Looks beside `convention.yaml` for names that are `sites.yaml`, `journal.yaml` or its own but for capitals, for
    `.yml` instead of `.yaml`, or for a `.txt` that an editor added; and, up to the top of the repository, for
    `parties.yaml` under such a name. Looks above `data`, where that holds the convention, and in `data` where it does
    not, for a journal or sites of qp's. It is a warning where the file that is read is there as well.

    ## Why it matters

    A journal may be absent: nothing has happened yet. One that is called `journal.yml` would be left aside without a
    word, and with it every fact that was recorded. `Journal.yaml` would be read on one machine and not on another.

    ## Example

    ```
    data/convention.yaml
    data/journal.yml
    ```

    ## Write instead

    ```
    data/convention.yaml
    data/journal.yaml
    ```
    """
    return subject.noted("QP013")


def closed_files(subject: Subject) -> Iterator[Finding]:
    """A `parties.yaml` that cannot be read.

    ## What it does

    Looks for `parties.yaml` up to the top of the repository, and opens it only if it is an ordinary file, or a link
    to a YAML file of the same repository: no folder, pipe or device, and no link that leads out or nowhere.

    ## Why it matters

    A file of shared parties that is not read shares none: one party is counted as several, as if there were no file.
    Convention, sites and journal are read in the same way; where one of these cannot be, nothing is checked, and the
    exit code is 3.

    ## Example

    ```
    parties.yaml -> ../../commun/parties.yaml
    ```

    ## Write instead

    A file of its own:

    ```
    parties.yaml
    ```
    """
    return subject.noted("QP014")
