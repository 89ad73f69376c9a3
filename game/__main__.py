"""`heron`, and `python -m game`."""

from game.cli.app import main

__all__ = ["main"]

if __name__ == "__main__":
    main()
