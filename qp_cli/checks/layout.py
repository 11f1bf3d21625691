"""The file as YAML: a strict subset of it, in which what is written is what is meant; found while it is read."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from qp_cli.checks.subject import Subject
    from qp_cli.findings import Finding


def syntax(subject: Subject) -> Iterator[Finding]:
    """A text that is not YAML.

    ## What it does

    Says where reading stops, and which sign, quote, bracket, colon or indentation is most likely meant.

    ## Why it matters

    Nothing below that place can be read.

    ## Example

    ```yaml
    title: Convention : engagement
    ```

    ## Write instead

    ```yaml
    title: "Convention : engagement"
    ```
    """
    return subject.noted("QP002")


def duplicate_keys(subject: Subject) -> Iterator[Finding]:
    """A key that is written twice in one group.

    ## What it does

    Shows both places. The second is read for its own mistakes, and kept nowhere.

    ## Why it matters

    Most programs keep the last and drop the first without a word: half of what was written disappears.

    ## Example

    ```yaml
    - id: plan
      debtors: [ville]
      debtors: [region]
    ```

    ## Write instead

    ```yaml
    - id: plan
      debtors: [ville, region]
    ```
    """
    return subject.noted("QP003")


def outside_the_subset(subject: Subject) -> Iterator[Finding]:
    """A device of YAML that the files do without.

    ## What it does

    Refuses anchors (`&`), aliases (`*`), merge keys (`<<`), tags (`!`), directives (`%`), explicit keys (`? `), keys
    that are lists, and several documents in one file.

    ## Why it matters

    They make what is read differ from what is seen at that place, and a few of them can make a small file fill a
    computer's memory.

    ## Example

    ```yaml
    debtors: &tous [ville, region]
    creditors: *tous
    ```

    ## Write instead

    ```yaml
    debtors: [ville, region]
    creditors: [ville, region]
    ```
    """
    return subject.noted("QP004")


def too_deep(subject: Subject) -> Iterator[Finding]:
    """More than 32 levels, one inside another.

    ## What it does

    Stops reading at the bracket or the indentation that goes too deep.

    ## Why it matters

    No file needs so many. A bracket that was never closed, or a file made to crash its reader, does.

    ## Example

    ```yaml
    debtors: [[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[ville]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]
    ```

    ## Write instead

    ```yaml
    debtors: [ville]
    ```
    """
    return subject.noted("QP005")


def cut_by_a_hash(subject: Subject) -> Iterator[Finding]:
    """A value that stops at a `#`.

    ## What it does

    Looks for a `#` after a space and right before a letter or a figure: to YAML it begins a comment.

    ## Why it matters

    What follows is lost without a word: `avenant #2` is read as `avenant`.

    ## Example

    ```yaml
    title: avenant #2
    ```

    ## Write instead

    ```yaml
    title: "avenant #2"
    ```

    or, if it is a comment, put a space after the sign.
    """
    return subject.noted("QP009")


def unusable_numbers(subject: Subject) -> Iterator[Finding]:
    """A number, or a date, that does not exist or cannot be used.

    ## What it does

    Refuses dates that no calendar has, infinite and undefined numbers, and numbers of more than fifteen figures.

    ## Why it matters

    Read as text, or rounded, it would be something else than what was meant.

    ## Example

    ```yaml
    due: {on: 2022-02-30}
    ```

    ## Write instead

    ```yaml
    due: {on: 2022-02-28}
    ```
    """
    return subject.noted("QP010")


def nothing_declared(subject: Subject) -> Iterator[Finding]:
    """A file that is empty, or that holds a list or a text instead of keys.

    ## What it does

    Looks at what stands at the top of the file.

    ## Why it matters

    Every file begins with `format: qp/1` and the keys that say what it declares.

    ## Example

    ```yaml
    - {id: halle, name: Halle, commune: Bourg}
    ```

    ## Write instead

    ```yaml
    format: qp/1
    sites:
      - {id: halle, name: Halle, commune: Bourg}
    ```
    """
    return subject.noted("QP011")
