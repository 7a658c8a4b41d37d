"""Options that several commands take."""

import os
from pathlib import Path

import click

pack_option = click.option(
    "--pack", type=click.Path(path_type=Path), help="A folder with reference_impls/ and mutators/ [the standard pack]."
)
jobs_option = click.option(
    "--jobs", type=click.IntRange(1), default=os.cpu_count() or 1, show_default="all cores", help="Processes at a time."
)
json_option = click.option("--json", "as_json", is_flag=True, help="Print JSON for programs.")
