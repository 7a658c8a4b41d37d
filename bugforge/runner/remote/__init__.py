"""The module under test in a locked-down process of its own, a fresh one for every test: for programs of other people.

packet.py says what passes, cell.py is the module's end, border.py the test's; zygote.py gives birth to cells.
"""
