"""Errors that can be squared and averaged in the head."""

from mse_rmse import mse, rmse

print("errors of 3 and 4:", f"MSE {mse([3, 4], [0, 0]):.3g},", f"RMSE {rmse([3, 4], [0, 0]):.3g}")
print("errors of 1 and -1:", f"MSE {mse([1, -1], [0, 0]):.3g},", f"RMSE {rmse([1, -1], [0, 0]):.3g}")
many, zeros = [10] * 100, [0] * 100
print("errors of 10, a hundred times:", f"MSE {mse(many, zeros):.3g},", f"RMSE {rmse(many, zeros):.3g}")
print("perfect predictions:", f"MSE {mse([5, 7], [5, 7]):.3g},", f"RMSE {rmse([5, 7], [5, 7]):.3g}")
