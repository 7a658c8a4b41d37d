"""Twelve visits of four patients, three of them with a positive outcome."""

import numpy as np
from splitters import group_k_fold, group_split, k_fold, stratified_k_fold, time_series_split, train_test_split

patients = np.array([3, 1, 1, 2, 3, 3, 4, 2, 1, 3, 2, 3])
outcome = np.array([0, 0, 0, 1, 0, 0, 1, 0, 0, 1, 0, 0])
days = np.array([40, 5, 1, 22, 8, 36, 17, 12, 30, 2, 27, 9])
train, test = train_test_split(12, 0.25, np.random.default_rng(0))
print("rows to fit and to test:", len(train), "and", len(test))
print("rows of five folds:", [len(test) for _, test in k_fold(12, 5, np.random.default_rng(1))])
folds = stratified_k_fold(outcome, 3, np.random.default_rng(2))
groups = group_k_fold(patients, 3)
print("rows fitted and tested in one round:", [len({*a.tolist()} & {*b.tolist()}) for a, b in [*folds, *groups]])
print("positive outcomes in each of three folds:", [int(outcome[test].sum()) for _, test in folds])
train, test = group_split(patients, 0.5, np.random.default_rng(3))
print("patients in both parts:", sorted({*patients[train].tolist()} & {*patients[test].tolist()}))
print("rows of two folds of patients:", [len(test) for _, test in group_k_fold(patients, 2)])
for train, test in time_series_split(days, 2, gap=1):
    print("days to fit, and to test:", sorted(days[train].tolist()), "and", sorted(days[test].tolist()))
