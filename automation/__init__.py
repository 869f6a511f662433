"""Takes in forms and reports, keeps a register, writes official documents."""

__version__ = "0.1.0"
