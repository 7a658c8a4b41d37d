"""Runs tasks on the workers of a Dask cluster. Only who asks for one needs the extra `bugforge[dask]`."""
