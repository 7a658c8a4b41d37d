"""How pytest is started so that nothing of its surroundings changes a result, and nothing is printed or written."""

QUIET = (
    "terminal cacheprovider capture logging faulthandler doctest junitxml pastebin stepwise setuponly setupplan "
    "unraisableexception threadexception debugging warnings unittest tmpdir monkeypatch recwarn"
).split()
ALONE = ("--rootdir=.", "--confcutdir=.", "--assert=plain", *(f"-pno:{name}" for name in QUIET))
