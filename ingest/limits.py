"""What the process that reads a hostile PDF may take and do. Applied once, in the child, before it sees a byte.

Memory, CPU and file-size limits are ``setrlimit`` (POSIX). On Linux, Landlock (``man 7 landlock``) also takes away
every change to files, and a seccomp filter (``man 2 seccomp``) the network and the means to look into other processes.
A system that lacks one of them runs without it: the wall clock of :mod:`ingest.sandbox` still holds.
"""

import ctypes
import os
import platform
import resource
import signal
import struct
import sys
from contextlib import suppress
from pathlib import Path

MEGABYTE = 1 << 20

_PR_SET_PDEATHSIG, _PR_SET_NO_NEW_PRIVS, _PR_SET_SECCOMP, _MODE_FILTER = 1, 38, 22, 2
_LANDLOCK_CREATE, _LANDLOCK_RESTRICT = 444, 446
_CHANGES = 0x1FF2  # LANDLOCK_ACCESS_FS_*: write a file, remove, and make any kind of entry
_ALLOW, _REFUSE = 0x7FFF0000, 0x00050001  # SECCOMP_RET_ALLOW; SECCOMP_RET_ERRNO with EPERM
_LOAD, _EQUAL, _AT_LEAST, _RETURN = 0x20, 0x15, 0x35, 0x06
_X32 = 0x40000000  # the x32 numbers of x86-64 would be a way around
_REFUSED = {
    # machine: (AUDIT_ARCH, socket, connect, ptrace, process_vm_readv, process_vm_writev, io_uring_setup)
    "x86_64": (0xC000003E, 41, 42, 101, 310, 311, 425),
    "aarch64": (0xC00000B7, 198, 203, 117, 270, 271, 425),
}


def apply_limits(*, memory_megabytes: int, seconds: int) -> None:
    """Limit this process, for good: resident memory (by address space), CPU time, files, network."""
    _set(resource.RLIMIT_AS, _address_space(memory_megabytes * MEGABYTE))
    _set(resource.RLIMIT_CPU, seconds)
    _set(resource.RLIMIT_CORE, 0)
    _set(resource.RLIMIT_FSIZE, 0)
    _set(resource.RLIMIT_NOFILE, 64)
    if sys.platform == "linux":
        libc = ctypes.CDLL(None, use_errno=True)
        libc.prctl(_PR_SET_PDEATHSIG, ctypes.c_ulong(signal.SIGKILL))  # nobody holds the clock of an orphan
        if libc.prctl(_PR_SET_NO_NEW_PRIVS, *map(ctypes.c_ulong, (1, 0, 0, 0))) == 0:
            _close_files(libc)
            _close_network(libc)


def _set(kind: int, value: int) -> None:
    _, hard = resource.getrlimit(kind)
    ceiling = value if hard == resource.RLIM_INFINITY else min(value, hard)
    with suppress(ValueError, OSError):  # macOS refuses an address-space limit
        resource.setrlimit(kind, (ceiling, ceiling))


def _address_space(memory: int) -> int:
    """Return the address space that lets resident memory grow to ``memory`` bytes.

    What the loaded libraries reserve and never touch must not count against the document.
    """
    try:
        size, resident = (int(v) * os.sysconf("SC_PAGE_SIZE") for v in Path("/proc/self/statm").read_text().split()[:2])
    except (OSError, ValueError):
        return memory
    return size + max(memory - resident, memory // 4)


def _close_files(libc: ctypes.CDLL) -> None:
    """Take away the right to write, make or remove any file (Landlock, Linux 5.13)."""
    handled = ctypes.c_uint64(_CHANGES)
    ruleset = libc.syscall(_LANDLOCK_CREATE, ctypes.byref(handled), ctypes.c_size_t(ctypes.sizeof(handled)), 0)
    if ruleset >= 0:
        libc.syscall(_LANDLOCK_RESTRICT, ruleset, 0)
        os.close(ruleset)


def _close_network(libc: ctypes.CDLL) -> None:
    numbers = _REFUSED.get(platform.machine())
    if numbers is None:
        return
    arch, *refused = numbers
    end = len(refused) + 5  # the last step, which refuses; a jump counts from the step after its own
    steps = [
        (_LOAD, 0, 0, 4),
        (_EQUAL, 0, end - 2, arch),
        (_LOAD, 0, 0, 0),
        (_AT_LEAST, end - 4, 0, _X32),
        *((_EQUAL, end - i - 1, 0, number) for i, number in enumerate(refused, start=4)),
        (_RETURN, 0, 0, _ALLOW),
        (_RETURN, 0, 0, _REFUSE),
    ]
    code = ctypes.create_string_buffer(b"".join(struct.pack("HBBI", *step) for step in steps))
    program = ctypes.create_string_buffer(struct.pack("HxxxxxxP", len(steps), ctypes.addressof(code)))
    libc.prctl(_PR_SET_SECCOMP, ctypes.c_ulong(_MODE_FILTER), program, ctypes.c_ulong(0), ctypes.c_ulong(0))
