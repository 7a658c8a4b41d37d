"""Four rows of height and weight, one with a gap, and four of a town and a size."""

import numpy as np
from scalers_imputers import MinMaxScaler, OneHotEncoder, OrdinalEncoder, RobustScaler, SimpleImputer, StandardScaler


def show(rows):
    return "; ".join(", ".join(f"{value:.3g}" for value in row) for row in rows)


X = np.array([[150.0, 50.0], [160.0, 60.0], [170.0, 90.0], [190.0, 61.0]])
fresh = np.array([[175.0, 70.0], [165.0, 80.0]])
print("standard scores:", show(StandardScaler().fit(X).transform(fresh)))
print("between 0 and 1:", show(MinMaxScaler().fit(X).transform(fresh)))
print("robust:", show(RobustScaler().fit(X).transform(fresh)))

holes = np.array([[150.0, 50.0], [np.nan, 60.0], [170.0, 90.0]])
print("filled with the mean:", show(SimpleImputer(add_indicator=True).fit(holes).transform(holes)))
words = np.array([["rome", "s"], ["oslo", "m"], ["lima", "s"], ["oslo", "l"]])
print("codes:", OrdinalEncoder().fit(words).transform(words).tolist())
print("shape of indicators:", OneHotEncoder().fit(words).transform(words[:2]).shape)
