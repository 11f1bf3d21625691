"""Keys against the schema: unknown, missing, of no known form; found while the files are read."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from qp_cli.checks.subject import Subject
    from qp_cli.findings import Finding


def refused_values(subject: Subject) -> Iterator[Finding]:
    """A value that is not accepted here, for a reason that has no code of its own.

    ## What it does

    Stands for whatever the schema refuses beyond QP101 to QP110. Nothing that can be written today comes to it.

    ## Why it matters

    No refusal goes without a place and a code, whatever a new version of a library has to say.

    ## Example

    None is known.

    ## Write instead

    Compare with the schema that `qp schema` prints, and please report what you wrote.
    """
    return subject.noted("QP100")


def unknown_keys(subject: Subject) -> Iterator[Finding]:
    """A key that nothing reads.

    ## What it does

    Names the nearest keys that are known at that place. Keys that begin with `x-` are free.

    ## Why it matters

    A misspelt key would otherwise be passed over, and with it the deadline or the debtor it was meant to give.

    ## Example

    ```yaml
    - {id: plan, title: Établir le plan, debtor: [ville], kind: one-off}
    ```

    ## Write instead

    ```yaml
    - {id: plan, title: Établir le plan, debtors: [ville], kind: one-off}
    ```
    """
    return subject.noted("QP101")


def missing_keys(subject: Subject) -> Iterator[Finding]:
    """A key that must be there and is not.

    ## What it does

    Points at the group of keys that lacks one.

    ## Why it matters

    An engagement without a debtor, or a fact without a day, means nothing.

    ## Example

    ```yaml
    - {id: f-1, kind: fulfilled, engagement: plan}
    ```

    ## Write instead

    ```yaml
    - {id: f-1, kind: fulfilled, engagement: plan, on: 2021-09-10}
    ```
    """
    return subject.noted("QP102")


def unknown_dues(subject: Subject) -> Iterator[Finding]:
    """A due date in a form that is not known.

    ## What it does

    Tells the forms apart by their first key: `on`, `within`, `at_the_latest`, `at_least`, `earliest_of`,
    `latest_of`, `every`, `rrule`.

    ## Why it matters

    A date that cannot be read is no date.

    ## Example

    ```yaml
    due: {before: 2021-12-31}
    ```

    ## Write instead

    ```yaml
    due: {on: 2021-12-31}
    ```
    """
    return subject.noted("QP108")


def unknown_formats(subject: Subject) -> Iterator[Finding]:
    """A file of a format that this version does not read.

    ## What it does

    Compares `format` with `qp/1`.

    ## Why it matters

    A later format may give the same words another meaning. It is better not read than read wrongly.

    ## Example

    ```yaml
    format: qp/2
    ```

    ## Write instead

    ```yaml
    format: qp/1
    ```
    """
    return subject.noted("QP109")
