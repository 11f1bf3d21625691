"""Made-up conventions for measuring: nothing in them exists, and their names say so."""
