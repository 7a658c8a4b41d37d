"""The walls are the ones that the machine has, and the filter of system calls is what it says."""

import os
import re
import struct
import sys
from pathlib import Path

import pytest

from bugforge.runner import sandbox
from bugforge.runner.pool import Runner
from bugforge.runner.sandbox import kernel, landlock, seccomp, syscalls
from bugforge.runner.sandbox.syscalls import (
    ALLOWED,
    AUDIT_ARCHITECTURES,
    BY_ARGUMENT,
    COLUMN,
    ON_ITSELF,
    THREADS_ONLY,
    UNKNOWN,
    WITHOUT_BITS,
)

NAMES = [layer.name for layer in sandbox.LAYERS]
LOOKED_AT = {name: pair for name, (pair, *_) in (BY_ARGUMENT | WITHOUT_BITS).items()}
TABLES = (ALLOWED, LOOKED_AT, ON_ITSELF, THREADS_ONLY, UNKNOWN)
linux = pytest.mark.skipif(not kernel.ON_LINUX, reason="the walls are those of Linux")

# walls


def due():
    """The walls that this machine can put up, each asked of it in another way than the sandbox does."""
    names = {"session", "rlimits"}
    try:
        kernel.syscall(landlock.CREATE_RULESET, None, 0, landlock.ASK_VERSION)
        names.add("landlock")
    except OSError:
        pass
    if kernel.MACHINE in COLUMN and "\nSeccomp_filters:" in Path("/proc/self/status").read_text(encoding="ascii"):
        names.add("seccomp")
    return names


@linux
def test_the_walls_that_the_machine_has_are_in_force(runner):
    assert due() <= set(runner.layers) <= set(NAMES)
    assert list(runner.layers) == [name for name in NAMES if name in runner.layers]


@linux
def test_root_gives_its_privileges_up(runner):
    assert "capabilities" in runner.layers


@linux
@pytest.mark.parametrize("name", NAMES)
def test_a_wall_that_is_left_out_is_not_named(runner, name):
    with Runner(without=frozenset({name})) as open_on_one_side:
        found = open_on_one_side.layers
    others = [layer for layer in runner.layers if layer != name]
    assert [layer for layer in found if layer != name] == others
    if name != "capabilities" or os.geteuid() == 0 or "namespaces" in found:  # who had none has none to keep
        assert name not in found


@linux
def test_without_any_wall_none_is_named():
    with Runner(without=frozenset(NAMES)) as open_on_all_sides:
        found = open_on_all_sides.layers
    assert set(found) <= ({"capabilities"} if os.geteuid() else set())


def test_what_a_submission_needs_is_named_by_its_layers():
    assert set(NAMES) >= sandbox.MINIMUM
    assert len(NAMES) == len(set(NAMES))
    assert NAMES[-1] == "seccomp"
    assert all(layer.keeps_out and layer.without for layer in sandbox.LAYERS)


def test_a_wall_that_the_machine_lacks_is_left_out(monkeypatch):
    monkeypatch.setattr(kernel, "MACHINE", "pdp11")
    with pytest.raises(OSError, match="no table of system calls for pdp11"):
        seccomp.prepare(None)


# numbers

FORBIDDEN = """
    fork vfork execve execveat clone3 socket socketpair connect bind listen accept accept4 sendmsg sendmmsg recvmsg
    recvmmsg shutdown setsockopt ptrace process_vm_readv process_vm_writev process_madvise pidfd_open pidfd_getfd
    pidfd_send_signal tkill rt_sigqueueinfo rt_tgsigqueueinfo kcmp mount umount2 move_mount open_tree fsopen fsmount
    pivot_root chroot unshare setns io_uring_setup io_uring_enter io_uring_register io_setup io_submit keyctl add_key
    request_key bpf perf_event_open memfd_create memfd_secret userfaultfd prctl arch_prctl seccomp chmod fchmod fchmodat
    fchmodat2 chown fchown lchown fchownat utime utimes utimensat futimesat truncate ftruncate fallocate unlink unlinkat
    rename renameat renameat2 link linkat symlink symlinkat mkdir mkdirat rmdir mknod mknodat creat openat2
    name_to_handle_at open_by_handle_at setxattr fsetxattr lsetxattr removexattr shmget shmat shmctl shmdt msgget msgsnd
    msgrcv msgctl semget semop semctl semtimedop mq_open mq_unlink mq_timedsend setuid setgid setreuid setregid
    setresuid setresgid setgroups setfsuid setfsgid capset setpgid setsid setpriority getpriority sched_setscheduler
    sched_setparam sched_setattr sched_setaffinity setrlimit timer_create personality reboot kexec_load init_module
    finit_module delete_module swapon swapoff sethostname setdomainname settimeofday clock_settime clock_adjtime
    adjtimex acct quotactl syslog vmsplice splice tee sendfile copy_file_range process_mrelease inotify_init
    inotify_init1 fanotify_init landlock_create_ruleset landlock_restrict_self wait4 waitid pkey_alloc remap_file_pages
    mbind migrate_pages move_pages lookup_dcookie nfsservctl uselib iopl ioperm modify_ldt vhangup ustat sysfs _sysctl
""".split()


@pytest.mark.parametrize("table", [ALLOWED, BY_ARGUMENT, WITHOUT_BITS, ON_ITSELF, THREADS_ONLY])
def test_no_dangerous_call_is_in_a_table(table):
    assert set(FORBIDDEN) & set(table) == set()


@pytest.mark.parametrize("column", COLUMN.values(), ids=COLUMN)
def test_no_number_is_used_twice(column):
    numbers = [pair[column] for table in TABLES for pair in table.values() if pair[column] is not None]
    assert len(numbers) == len(set(numbers))


HEADERS = {
    "x86_64": Path("/usr/include/x86_64-linux-gnu/asm/unistd_64.h"),
    "aarch64": Path("/usr/include/asm-generic/unistd.h"),  # aarch64 has the numbers that new machines have in common
}
DEFINED = re.compile(r"^#\s*define\s+__NR(?:3264)?_(\w+)\s+(\d+)\s*$", re.MULTILINE)
GENERIC_NAMES = {"newfstatat": "fstatat"}


def numbers_of(machine):
    """The numbers of system calls, as the C headers of this machine tell them."""
    if not HEADERS[machine].exists():
        pytest.skip(f"there is no {HEADERS[machine]}")
    return {name: int(number) for name, number in DEFINED.findall(HEADERS[machine].read_text(encoding="ascii"))}


@pytest.mark.parametrize("machine", COLUMN)
def test_every_number_is_that_of_the_headers(machine):
    known = numbers_of(machine)
    wanted = {name: pair[COLUMN[machine]] for table in TABLES for name, pair in table.items()}
    wanted = {GENERIC_NAMES.get(name, name) if machine == "aarch64" else name: n for name, n in wanted.items()}
    newer = {name for name in wanted if name not in known and wanted[name] is not None}
    assert newer <= {"futex_waitv", "faccessat2", "close_range", "clone3", "rseq", "statx"}  # not in old headers
    assert {name: known.get(name) for name in wanted if name not in newer} == {
        name: number for name, number in wanted.items() if name not in newer
    }


@pytest.mark.parametrize("machine", COLUMN)
def test_no_dangerous_number_is_allowed(machine):
    for name, number in numbers_of(machine).items():
        if name in FORBIDDEN:
            assert verdict(machine, number) in (REFUSED, UNHEARD_OF), name


@linux
@pytest.mark.skipif(kernel.MACHINE not in COLUMN, reason="there is no table for this machine")
def test_this_machine_counts_alike():
    """Three calls without a wrapper of their own, by number."""
    column = COLUMN[kernel.MACHINE]
    assert kernel.syscall(ALLOWED["getpid"][column]) == os.getpid()
    assert kernel.syscall(ALLOWED["getppid"][column]) == os.getppid()
    assert kernel.syscall(ALLOWED["geteuid"][column]) == os.geteuid()


# the filter

ALLOW, REFUSED, UNHEARD_OF, KILL = 0x7FFF0000, 0x00050001, 0x00050026, 0x80000000
OWN = 4321
LOAD, EQUAL, ANY_BIT, RETURN = 0x20, 0x15, 0x45, 0x06


def program(machine):
    return [struct.unpack("=HBBI", code) for code in seccomp._filter(machine, OWN)]


def verdict(machine, number, *arguments, architecture=None):
    """What the filter answers a call: the kernel's interpreter, in small."""
    words = [*arguments, 0, 0, 0, 0, 0, 0][:6]
    heard = AUDIT_ARCHITECTURES[machine] if architecture is None else architecture
    call = struct.pack("=IIQ6Q", number, heard, 0x1000, *(word % 2**64 for word in words))
    code, at, value = program(machine), 0, 0
    while True:
        operation, then, otherwise, operand = code[at]
        at += 1
        if operation == RETURN:
            return operand
        if operation == LOAD:
            (value,) = struct.unpack_from("=I", call, operand)
        elif operation == EQUAL:
            at += then if value == operand else otherwise
        else:
            assert operation == ANY_BIT
            at += then if value & operand else otherwise


machines = pytest.mark.parametrize("machine", COLUMN)


@machines
def test_the_kernel_can_load_the_program(machine):
    """It is short enough, knows four operations, reads whole words of the call, and no jump leads out of it."""
    code = program(machine)
    assert len(code) <= 4096
    for at, (operation, then, otherwise, operand) in enumerate(code):
        assert operation in (LOAD, EQUAL, ANY_BIT, RETURN)
        if operation in (EQUAL, ANY_BIT):
            assert at + 1 + max(then, otherwise) < len(code)
        if operation == LOAD:
            assert operand % 4 == 0 and operand < 64
        if operation == RETURN:
            assert operand in (ALLOW, REFUSED, UNHEARD_OF, KILL)
    assert code[-1][0] == RETURN


@machines
def test_what_is_in_the_table_is_allowed(machine):
    for pair in ALLOWED.values():
        number = pair[COLUMN[machine]]
        assert number is None or verdict(machine, number) == ALLOW


@machines
def test_every_other_number_is_refused(machine):
    column = COLUMN[machine]
    known = {pair[column] for table in TABLES for pair in table.values()}
    for number in range(700):
        if number not in known:
            assert verdict(machine, number) == REFUSED


@machines
def test_the_second_set_of_numbers_is_refused(machine):
    """x86-64 takes the numbers of x32 under its own architecture."""
    for number in range(600):
        assert verdict(machine, number | 0x40000000) == REFUSED
    assert verdict(machine, 0xFFFFFFFF) == REFUSED


@machines
def test_another_architecture_is_the_end(machine):
    for other in (0x40000003, 0x40000028, 0, *AUDIT_ARCHITECTURES.values()):
        if other != AUDIT_ARCHITECTURES[machine]:
            for number in range(450):
                assert verdict(machine, number, OWN, architecture=other) == KILL


@machines
@pytest.mark.parametrize("call", ON_ITSELF)
def test_signals_go_to_itself_only(machine, call):
    number = ON_ITSELF[call][COLUMN[machine]]
    assert verdict(machine, number, OWN, 9) == ALLOW
    for other in (0, 1, -1, -OWN, OWN + 1, OWN << 1, OWN - 1):
        assert verdict(machine, number, other, 9) == REFUSED


@machines
def test_clone_makes_threads_and_no_processes(machine):
    number = THREADS_ONLY["clone"][COLUMN[machine]]
    pthread, fork = 0x3D0F00, 0x01200011
    assert verdict(machine, number, pthread) == ALLOW
    for flags in (0, 17, fork, pthread & ~0x10000, 0x10000000, 0x40000000, 0x10000 << 32):
        assert verdict(machine, number, flags) == REFUSED


@machines
def test_clone3_is_answered_as_by_an_old_kernel(machine):
    assert verdict(machine, UNKNOWN["clone3"][COLUMN[machine]]) == UNHEARD_OF


@machines
@pytest.mark.parametrize(
    ("call", "good", "bad"),
    [
        ("fcntl", (3, 1030), (3, 8)),  # a descriptor is duplicated; F_SETOWN
        ("fcntl", (3, 4), (3, 1033)),  # F_ADD_SEALS
        ("ioctl", (0, 0x5401), (0, 0x5412)),  # TIOCSTI types on the terminal
        ("prlimit64", (0, 7), (OWN, 7)),
        ("prlimit64", (0, 7), (1, 7)),
    ],
)
def test_some_calls_are_allowed_by_what_they_ask(machine, call, good, bad):
    number = BY_ARGUMENT[call][0][COLUMN[machine]]
    assert verdict(machine, number, *good) == ALLOW
    assert verdict(machine, number, *bad) == REFUSED


@machines
def test_memory_is_mapped_privately(machine):
    number = WITHOUT_BITS["mmap"][0][COLUMN[machine]]
    anonymous, private, shared = 0x20, 0x02, 0x01
    assert verdict(machine, number, 0, 4096, 3, private | anonymous) == ALLOW
    assert verdict(machine, number, 0, 4096, 1, private) == ALLOW
    for flags in (shared, shared | anonymous, shared | private, shared | 1 << 40):
        assert verdict(machine, number, 0, 4096, 3, flags) == REFUSED


@linux
@pytest.mark.skipif(kernel.MACHINE not in COLUMN, reason="there is no table for this machine")
def test_the_kernel_judges_as_the_interpreter_does():
    """A child enters the filter and tries: getppid, getpriority, a signal to itself, a signal to its parent, a fork."""
    parent, wall = os.getpid(), seccomp.prepare(None)
    tries = [
        lambda: os.getppid(),
        lambda: os.getpriority(os.PRIO_PROCESS, 0),
        lambda: os.kill(os.getpid(), 0),
        lambda: os.kill(parent, 0),
        lambda: os.fork() or os._exit(0),
    ]
    reader, writer = os.pipe()
    if not (pid := os.fork()):
        try:
            wall()
            os.write(writer, bytes(map(refused, tries)))
        finally:
            os._exit(0)
    os.close(writer)
    assert list(os.read(reader, 100)) == [0, 1, 0, 1, 1]
    os.close(reader)
    os.waitpid(pid, 0)


def refused(action):
    try:
        action()
    except PermissionError:
        return 1
    return 0


def test_the_tables_name_every_machine():
    assert set(COLUMN) == set(AUDIT_ARCHITECTURES)
    assert sys.byteorder == "little"  # arguments are read by their low word, which stands first
    assert syscalls.COLUMN == {"x86_64": 0, "aarch64": 1}
