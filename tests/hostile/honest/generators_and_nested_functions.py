"""Is made of functions within functions and of generators that feed each other.

verdict: fixed
"""

from itertools import starmap


def averaged(of):
    def metric(y_true, y_pred):
        def errors():
            yield from starmap(of, zip(y_true, y_pred, strict=True))

        def mean(values):
            number = 0
            average = 0.0
            for number, value in enumerate(values, start=1):
                average += (value - average) / number
            if number == 0:
                raise ValueError("no values")
            return average

        return mean(errors())

    return metric


mse = averaged(lambda actual, predicted: (actual - predicted) ** 2)


def rmse(y_true, y_pred):
    return mse(y_true, y_pred) ** 0.5
