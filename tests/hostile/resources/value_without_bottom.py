"""Returns a list that holds itself.

verdict: not fixed
"""


def mse(y_true, y_pred):
    found = []
    found.append(found)
    return found


rmse = mse
