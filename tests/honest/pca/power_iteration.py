"""Power iteration with deflation, one axis at a time, and loops over rows for the rest."""

import numpy as np


def orient(axes):
    out = []
    for axis in np.asarray(axes, float):
        biggest = axis[np.abs(axis) == np.abs(axis).max()][0]
        out.append(-axis if biggest < 0 else axis + 0.0)
    return np.array(out)


def _strongest(C, known):
    d = len(C)
    others = np.eye(d) - sum((np.outer(a, a) for a in known), np.zeros((d, d)))
    C = others @ C @ others
    column = np.argmax(np.linalg.norm(C, axis=0))
    start = C[:, column]
    if np.linalg.norm(start) < 1e-9:
        start = others[:, np.argmax(np.linalg.norm(others, axis=0))]
        return start / np.linalg.norm(start)
    power = C / np.linalg.norm(C)
    for _ in range(40):
        power = power @ power
        power = power / np.linalg.norm(power)
    v = power[:, np.argmax(np.linalg.norm(power, axis=0))]
    v = others @ v
    return v / np.linalg.norm(v)


def principal_axes(X):
    X = np.asarray(X, float)
    n, d = X.shape
    centred = X - np.mean(X, axis=0)
    C = centred.T @ centred / (n - 1)
    axes, variances = [], []
    for _ in range(min(n, d)):
        v = _strongest(C, axes)
        axes.append(v)
        variances.append(max(float(v @ C @ v), 0.0))
    variances = [v if v >= 1e-12 * max(variances) else 0.0 for v in variances]
    return orient(axes), np.array(variances)


def explained_ratio(variances):
    whole = float(np.sum(variances))
    return np.array([v / whole if whole else 0.0 for v in variances])


def choose_components(variances, share):
    if not (share > 0 and share <= 1):
        raise ValueError("share")
    whole, so_far = sum(variances), 0.0
    for k, variance in enumerate(variances, start=1):
        so_far += variance
        if so_far + 1e-9 * whole >= share * whole:
            return k
    return len(variances)


class PCA:
    def __init__(self, n_components=None, whiten=False):
        self.n_components = n_components
        self.whiten = whiten

    def fit(self, X):
        X = np.asarray(X, float)
        r = min(X.shape)
        if X.shape[0] < 2:
            raise ValueError("rows")
        axes, variances = principal_axes(X)
        wanted = self.n_components
        if wanted is None:
            wanted = r
        if type(wanted) is float:
            wanted = choose_components(variances, wanted)
        if wanted not in range(1, r + 1):
            raise ValueError("n_components")
        self.mean = X.sum(axis=0) / X.shape[0]
        self.components = axes[:wanted]
        self.explained_variance = variances[:wanted]
        self.explained_variance_ratio = explained_ratio(variances)[:wanted]
        self.units = [np.sqrt(v) if v and self.whiten else 1.0 for v in self.explained_variance]
        return self

    def transform(self, X):
        return np.array(
            [[(x - self.mean) @ a / u for a, u in zip(self.components, self.units, strict=True)] for x in X]
        )

    def inverse_transform(self, Z):
        return np.array(
            [self.mean + sum(z * u * a for z, u, a in zip(c, self.units, self.components, strict=True)) for c in Z]
        )

    def residuals(self, X):
        X = np.asarray(X, float)
        back = self.inverse_transform(self.transform(X))
        return np.array([np.sqrt(((x - b) ** 2).sum()) for x, b in zip(X, back, strict=True)])
