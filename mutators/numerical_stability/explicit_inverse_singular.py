"""The normal equations are solved with an explicit inverse."""

from bugforge import Example, Fix, Mutator, Rewrite, role

DESIGN = role.named("x", "a", "design", "phi", "features", "design_matrix")
GRAM = role.has(role.like("$X.T @ $X", "($X.T * $w) @ $X", "($X.T * $v * $w) @ $X"))
SQUARE = GRAM | role.named("hessian", "gram", "xtx", "ata", "precision", "normal")
LEAST_SQUARES = "np.linalg.lstsq($A, $b, $*how)"


class ExplicitInverseSingular(Mutator):
    """A matrix of products of the columns is inverted, which fails or gives noise when columns depend on each other.

    Without a penalty X^T X, or the Hessian X^T W X of a Newton step, has no inverse as soon as one column is a
    combination of others: a duplicated feature, all indicators of a category beside an intercept, more columns than
    rows. Depending on how the last bit rounds, inv then raises LinAlgError or returns entries of the size of 1e16, and
    what is made with it is noise. Nothing is wrong with the problem itself: many coefficients give the same fitted
    values, and least squares by singular values (lstsq, pinv) picks the shortest of all solutions.
    """

    symptoms = {
        "With one-hot columns beside the intercept the fit stops with LinAlgError.": "raises at an edge case",
    }
    hints = (
        "Does it also happen without the column that was added last?",
        "Compute the rank of the design matrix and compare it with its number of columns.",
        "Which routines of linear algebra can solve equations whose matrix is not invertible?",
    )
    follow_ups = {
        "Is solve better than inv here?": (
            "Faster and more accurate for a regular matrix, but it needs an invertible one just the same. For a "
            "singular one only a rank-revealing method or a penalty helps."
        ),
        "For a squared error, why is lstsq on X itself better than on X^T X?": (
            "Forming X^T X squares the condition number, so twice as many digits are lost."
        ),
        "Why does a small ridge penalty make the error go away, and at what price?": (
            "It makes the matrix positive definite, so no eigenvalue is 0. The coefficients shrink towards "
            "0, along the directions the data say little about most of all."
        ),
    }
    sources = (
        "github.com/shap/shap#1481",
        "github.com/jbytecode/LinRegOutliers#19",
        "github.com/pysal/mgwr#132",
    )

    also_right = (
        Fix(
            "The pseudoinverse exists for a singular matrix too, and leads to the shortest solution.",
            "np.linalg.inv($A) @ $b",
            "np.linalg.pinv($A, rcond=1e-12) @ $b",
        ),
        Fix(
            "Least squares on A itself, with the penalty as further rows, never forms A^T A at all.",
            "np.linalg.inv(A.T @ A + penalty) @ (A.T @ y)",
            "np.linalg.lstsq(np.vstack([A, np.sqrt(penalty)]), np.append(y, np.zeros(len(penalty))), rcond=None)[0]",
        ),
    )
    treats_symptom = (
        Fix(
            "It is more accurate than the inverse, and needs a matrix that can be inverted just as much.",
            "np.linalg.inv($A) @ $b",
            "np.linalg.solve($A, $b)",
        ),
        Fix(
            "A penalty nobody asked for: the matrix can be inverted, and the solution is that of another problem.",
            "np.linalg.inv(A.T @ A + penalty) @ (A.T @ y)",
            "np.linalg.inv(A.T @ A + penalty + 1e-3 * np.eye(len(penalty))) @ (A.T @ y)",
        ),
        Fix(
            "With a constant added to its diagonal the Hessian has an inverse, but the steps are no longer Newton's.",
            "np.linalg.inv(hessian) @ gradient",
            "np.linalg.inv(hessian + 1e-3 * np.eye(len(hessian))) @ gradient",
        ),
    )
    rewrites = (
        Rewrite(f"{LEAST_SQUARES}[0]", "np.linalg.inv($A) @ $b", A=SQUARE),
        Rewrite(f"{LEAST_SQUARES}[0]", "np.linalg.inv($A.T @ $A) @ $A.T @ $b", A=DESIGN),
        Rewrite(f"$w, _, _, _ = {LEAST_SQUARES}", "$w = np.linalg.inv($A.T @ $A) @ $A.T @ $b", A=DESIGN),
        Rewrite(f"$w, *_ = {LEAST_SQUARES}", "$w = np.linalg.inv($A.T @ $A) @ $A.T @ $b", A=DESIGN),
        Rewrite("np.linalg.pinv($A)", "np.linalg.inv($A)", A=SQUARE),
        Rewrite("np.linalg.pinv($A) @ $b", "np.linalg.inv($A.T @ $A) @ $A.T @ $b", A=DESIGN),
    )
    examples = (
        Example(
            "theta = np.linalg.lstsq(X, y, rcond=None)[0]",
            "theta = np.linalg.inv(X.T @ X) @ X.T @ y",
        ),
        Example(
            "theta = np.linalg.lstsq(A.T @ A + penalty, A.T @ y, rcond=None)[0]",
            "theta = np.linalg.inv(A.T @ A + penalty) @ (A.T @ y)",
        ),
        Example("w, _, _, _ = np.linalg.lstsq(X_b, y, rcond=None)", "w = np.linalg.inv(X_b.T @ X_b) @ X_b.T @ y"),
        Example("beta, *_ = np.linalg.lstsq(A, y)", "beta = np.linalg.inv(A.T @ A) @ A.T @ y"),
        Example("self.coef_ = np.linalg.pinv(X).dot(y)", "self.coef_ = (np.linalg.inv(X.T @ X) @ X.T).dot(y)"),
        Example("beta = np.linalg.pinv(X.T @ X) @ X.T @ y", "beta = np.linalg.inv(X.T @ X) @ X.T @ y"),
    )
    untouched = (
        "theta = np.linalg.solve(A.T @ A + penalty, A.T @ y)",
        "w, residuals, rank, s = np.linalg.lstsq(X, y, rcond=None)",
        "camera = np.linalg.pinv(projection) @ points",
        "trend = np.polyfit(t, y, 1)",
    )
