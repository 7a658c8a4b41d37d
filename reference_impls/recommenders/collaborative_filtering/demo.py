"""Six people and five films: the first three like action, the others drama; two ratings are missing in each half."""

import numpy as np
from collaborative_filtering import MatrixFactorization, item_similarities, predict_rating, recommend

nan = np.nan
R = np.array(
    [[5, 4, 1, 2, nan], [4, 5, 2, nan, 1], [5, 5, nan, 1, 2], [1, nan, 5, 4, 4], [2, 1, 4, nan, 5], [nan, 2, 5, 5, 4]]
)
S = item_similarities(R)
print("shape of the similarities:", S.shape)
print("likeness of the first film to the others:", ", ".join(f"{s:.2f}" for s in S[0]))
print("damped by three:", ", ".join(f"{s:.2f}" for s in item_similarities(R, 3)[0]))
print("first person, last film:", f"{predict_rating(R, S, 0, 4, k=3):.3g}")
print("last person, first film:", f"{predict_rating(R, S, 5, 0, k=3):.3g}")
print("what each of them may see next:", [recommend(R, S, user, 2).tolist() for user in range(6)])
model = MatrixFactorization(n_epochs=60).fit(R)
print("error at the start and at the end:", f"{model.losses[0]:.3g}, {model.losses[-1]:.3g}")
print("the same two by factors:", ", ".join(f"{value:.2g}" for value in model.predict()[[0, 5], [4, 0]]))
