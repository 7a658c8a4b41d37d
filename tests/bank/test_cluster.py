"""A bank filled by a Dask cluster: the same exercises as by this machine alone, also when workers are lost."""

import msgspec
import pytest
from click.testing import CliRunner

from bugforge import load_pack
from bugforge.bank import Bank, Cluster
from bugforge.cli import main
from bugforge.cluster import work
from bugforge.errors import ClusterError
from bugforge.runner.task import Contract, Task
from bugforge.store import Store

distributed = pytest.importorskip("distributed")

SIMPLE = Task(
    Contract("m", (("test_m.py", "import m\n\n\ndef test_one():\n    assert m.one() == 1\n"),)),
    ("def one():\n    return 1\n", "def one():\n    return 2\n"),
    (0, 1),
)


@pytest.fixture(scope="module")
def local():
    """Two workers of one thread each."""
    with distributed.LocalCluster(2, threads_per_worker=1, dashboard_address=":0", silence_logs=50) as cluster:
        yield cluster


def filled(place, pack, **more):
    with Bank.create(place / "bank.db") as bank:
        bank.fill(4, pack=pack, loud=True, seed=3, store=Store(), jobs=1, **more)
        return [bank.sheet(item.id) for item in bank.find()]


def test_the_same_seed_gives_the_same_sheets(local, tiny, tmp_path):
    pack = load_pack(tiny)
    (tmp_path / "alone").mkdir()
    alone = filled(tmp_path / "alone", pack)
    assert alone
    (tmp_path / "together").mkdir()
    assert filled(tmp_path / "together", pack, cluster=Cluster(local.scheduler_address)) == alone


def test_a_lost_workers_tasks_run_again(local):
    with Cluster(local.scheduler_address) as cluster:
        ended = cluster.run(iter([SIMPLE] * 6))
        found = [next(ended)]
        local.workers[0].process.process.kill()
        found += ended
    assert sorted(number for number, _ in found) == [*range(6)]
    for _, reports in found:
        told = [[(seed, result.outcome) for seed, (result,) in report.items()] for report in reports]
        assert told == [[(0, "passed"), (1, "passed")], [(0, "failed"), (1, "failed")]]


def test_other_versions_are_refused():
    with pytest.raises(ClusterError, match=r"has numpy .* for 1\.0; install the same there"):
        work.work(msgspec.json.encode(SIMPLE), work.versions() | {"numpy": "1.0"})
    ours = work.versions()
    assert work.differences(ours, {**ours, "numpy": "1.0"}).startswith("numpy 1.0 for ")
    assert not work.differences(ours, dict(ours))


@pytest.mark.parametrize(
    ("sent", "told"),
    [
        ({"a": 1}, "no report"),
        (b"{", "cannot be read"),
        (b"[]", "leaves out a program"),
        (b'[{"0": []}, {"0": []}]', "leaves out a program or a seed"),
        (b'[{"7": [{"name": "t", "edge_case": false, "outcome": "passed"}]}] ', "leaves out"),
    ],
)
def test_what_arrives_is_checked(sent, told):
    with pytest.raises(ClusterError, match=told):
        work.read_reports(sent, SIMPLE)


def test_no_cluster_is_told_in_a_sentence(tmp_path, monkeypatch):
    monkeypatch.setattr("bugforge.cluster.cluster.PATIENCE", 1)
    Bank.create(tmp_path / "bank.db").close()
    for address in ("tcp://127.0.0.1:9", "nonsense://x"):
        told = CliRunner().invoke(main, ["bank", "fill", "--bank", str(tmp_path / "bank.db"), "--cluster", address])
        assert (told.exit_code, "there is no cluster at" in told.output, "Traceback" in told.output) == (2, True, False)
