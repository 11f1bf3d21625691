"""`qp`, and `python -m qp_cli` for machines where scripts are not on the path."""

from qp_cli.cli.interruption import end_at_once


def main() -> None:
    """Runs qp; what it is made of is loaded once an interruption can no longer show where it was."""
    end_at_once()
    from qp_cli.cli.main import main as run

    run()


if __name__ == "__main__":
    main()
