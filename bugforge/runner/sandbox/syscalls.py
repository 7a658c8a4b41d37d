"""Numbers of the system calls that numerical Python needs, on x86-64 and aarch64 (None: it has none of that name)."""

AUDIT_ARCHITECTURES = {"x86_64": 0xC000003E, "aarch64": 0xC00000B7}
COLUMN = {"x86_64": 0, "aarch64": 1}

ALLOWED = {
    # memory, threads
    "munmap": (11, 215), "mprotect": (10, 226), "mremap": (25, 216), "madvise": (28, 233),
    "brk": (12, 214), "futex": (202, 98), "futex_waitv": (449, 449), "sched_yield": (24, 124),
    "set_robust_list": (273, 99), "get_robust_list": (274, 100), "rseq": (334, 293), "set_tid_address": (218, 96),
    "membarrier": (324, 283), "sched_getaffinity": (204, 123), "getcpu": (309, 168),
    # files that are open, or that the other layers let it open
    "read": (0, 63), "write": (1, 64), "readv": (19, 65), "writev": (20, 66), "pread64": (17, 67), "lseek": (8, 62),
    "close": (3, 57), "close_range": (436, 436), "dup": (32, 23), "dup2": (33, None), "dup3": (292, 24),
    "open": (2, None), "openat": (257, 56), "stat": (4, None), "lstat": (6, None), "fstat": (5, 80),
    "newfstatat": (262, 79), "statx": (332, 291), "access": (21, None), "faccessat": (269, 48),
    "faccessat2": (439, 439), "readlink": (89, None), "readlinkat": (267, 78), "getdents64": (217, 61),
    "getcwd": (79, 17), "chdir": (80, 49), "fadvise64": (221, 223), "poll": (7, None), "ppoll": (271, 73),
    "select": (23, None), "pselect6": (270, 72), "sendto": (44, 206), "recvfrom": (45, 207),
    # signals to itself, clocks, and what it is
    "rt_sigaction": (13, 134), "rt_sigprocmask": (14, 135), "rt_sigreturn": (15, 139), "sigaltstack": (131, 132),
    "pause": (34, None), "clock_gettime": (228, 113), "clock_getres": (229, 114), "clock_nanosleep": (230, 115),
    "nanosleep": (35, 101), "gettimeofday": (96, 169), "time": (201, None), "times": (100, 153),
    "restart_syscall": (219, 128), "getitimer": (36, 102), "setitimer": (38, 103), "alarm": (37, None),
    "getpid": (39, 172), "getppid": (110, 173), "gettid": (186, 178), "getuid": (102, 174), "geteuid": (107, 175),
    "getgid": (104, 176), "getegid": (108, 177), "getgroups": (115, 158), "getpgrp": (111, None),
    "getpgid": (121, 155), "getsid": (124, 156), "getrlimit": (97, 163), "getrusage": (98, 165),
    "sysinfo": (99, 179), "uname": (63, 160), "getrandom": (318, 278), "umask": (95, 166), "capget": (125, 90),
    "exit": (60, 93), "exit_group": (231, 94),
}  # fmt: skip

# allowed where an argument is among these values
BY_ARGUMENT = {
    "fcntl": ((72, 25), 1, (0, 1, 2, 3, 4, 1030)),  # flags and duplicates; not F_SETOWN, which sends signals
    "ioctl": ((16, 29), 1, (0x5401, 0x5450, 0x5451)),  # is it a terminal, close on exec
    "prlimit64": ((302, 261), 0, (0,)),  # its own
}
WITHOUT_BITS = {"mmap": ((9, 222), 3, 0x01)}  # shared memory outlives its mapping, and no limit counts it then
ON_ITSELF = {"kill": (62, 129), "tgkill": (234, 131)}  # the first argument is its own process
THREADS_ONLY = {"clone": (56, 220)}
UNKNOWN = {"clone3": (435, 435)}  # answered as an old kernel does, so that the C library asks for clone
