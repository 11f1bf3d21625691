"""The version of qp and the address of its project, which everything that names them takes from here."""

__version__ = "0.1.0"
ADDRESS = ""
"""Where the repository is published, as in `https://forge.example/owner/qp`; empty as long as it is nowhere.

What the package says of its project, the links of its README on an index and the addresses of rules are made of it.
"""
