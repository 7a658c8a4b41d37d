"""The types of pandas that are data; imported only where there is a value of one, for pandas slows down every fork."""

import pandas as pd

SCALARS = {pd.Timestamp, pd.Timedelta, type(pd.NaT), type(pd.NA)}
INDEXES = {pd.Index, pd.RangeIndex, pd.DatetimeIndex, pd.TimedeltaIndex, pd.CategoricalIndex, pd.MultiIndex}
FRAMES: frozenset[type] = frozenset({pd.DataFrame, pd.Series} | INDEXES)
