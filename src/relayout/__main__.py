"""``python -m relayout``: the same as the command ``relayout``."""

from relayout.cli import main

if __name__ == "__main__":
    main()
