"""The practice on the terminal."""
