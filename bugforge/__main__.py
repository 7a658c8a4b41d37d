"""`python -m bugforge` is `bugforge`."""

from bugforge.cli import main

main()
