"""The command-line flags with which pytest is run: its surroundings change no result, nothing is printed or written."""

DISABLED_PLUGINS = (
    "terminal cacheprovider capture logging faulthandler doctest junitxml pastebin stepwise setuponly setupplan "
    "unraisableexception threadexception debugging warnings unittest tmpdir monkeypatch recwarn"
).split()
FLAGS = ("--rootdir=.", "--confcutdir=.", "--assert=plain", *(f"-pno:{name}" for name in DISABLED_PLUGINS))
