"""`python -m qp_cli`, for machines where scripts are not on the path."""

from qp_cli.cli.main import main

if __name__ == "__main__":
    main()
