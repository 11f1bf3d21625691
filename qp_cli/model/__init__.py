"""What a repository declares: frozen models of the convention, its sites and its journal."""
