# What a kernel finds of itself in its first cell. Printed as one line of JSON.
import sys

modules = sorted(sys.modules)

import atexit
import gc
import json
import locale
import logging
import os
import resource
import signal
import threading
import warnings


def kind(descriptor):
    try:
        return os.readlink("/proc/self/fd/%d" % descriptor).split(":")[0]
    except OSError:
        return None


def loggers():
    found = logging.root.manager.loggerDict.items()
    return {name: [type(handler).__name__ for handler in getattr(logger, "handlers", [])] for name, logger in found}


def standard_streams():
    streams = (sys.__stdin__, sys.__stdout__, sys.__stderr__)
    return [[s.fileno(), s.name, s.mode, s.encoding, s.errors, s.line_buffering] for s in streams]


print(json.dumps({
    # Belongs to the interpreter itself; a fork server needs it.
    "modules": [name for name in modules if name != "gc"],
    "arguments": [sys.argv[0], len(sys.argv), *sys.argv[3:]],
    "command": [arg for arg in getattr(sys, "orig_argv", []) if arg != sys.argv[2]],
    "environment": {k: v for k, v in os.environ.items() if k not in ("JPY_PARENT_PID", "NOTEMILL_KERNEL_ID")},
    "is the child it thinks": os.environ["JPY_PARENT_PID"] == str(os.getppid()),
    "directory": os.getcwd(),
    "import path": sys.path,
    "flags": str(sys.flags),
    "interpreter": [sys.prefix, sys.executable, sys.getrecursionlimit(), sys.getswitchinterval()],
    # Those of ZeroMQ's threads depend on what has been sent, and sockets on who has connected by now.
    "descriptors": sorted(kind(d) for d in range(200) if kind(d) not in (None, "anon_inode", "socket")),
    "first descriptors": [kind(descriptor) for descriptor in range(3)],
    "signals": {str(int(s)): repr(signal.getsignal(s)).split(" at ")[0] for s in signal.valid_signals()},
    "blocked signals": [str(s) for s in signal.pthread_sigmask(signal.SIG_BLOCK, [])],
    "leads its session": os.getsid(0) == os.getpgrp() == os.getpid(),
    "mask": [os.umask(0o77), os.umask(0o77)][0],
    "priority": os.nice(0),
    "limits": {n: resource.getrlimit(getattr(resource, n)) for n in dir(resource) if n.startswith("RLIMIT_")},
    "threads": len(threading.enumerate()),
    "native threads": len(os.listdir("/proc/self/task")),
    "names": sorted(name for name in globals() if not name.startswith("_i")),
    "module": [__name__, sys.modules["__main__"].__dict__ is globals(), "__file__" in globals()],
    "loggers": loggers(),
    "log handlers": [str(handler) for handler in logging.root.handlers],
    "collector": [gc.isenabled(), gc.get_threshold()],
    "streams": standard_streams(),
    "locale": [locale.getlocale(), locale.getpreferredencoding(), sys.getfilesystemencoding()],
    "exit functions": atexit._ncallbacks(),
    "warnings": [str(entry) for entry in warnings.filters],
    "hooks": [str(hook).split(" at ")[0] for hook in (sys.excepthook, sys.displayhook)],
    "profiled": [sys.gettrace(), sys.getprofile()],
}))
