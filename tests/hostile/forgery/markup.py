"""Fails with a text that is a program where a browser shows it, and a link in Markdown.

verdict: not fixed
because: <script>
"""


def mse(y_true, y_pred):
    raise AssertionError("<script>document.body.innerHTML = 'fixed'</script> [fixed](javascript:alert(1)) | `x")


rmse = mse
