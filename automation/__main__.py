"""`python -m automation` is `automation`."""

from automation.cli import main

if __name__ == "__main__":
    main()
