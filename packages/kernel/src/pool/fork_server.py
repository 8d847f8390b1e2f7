"""A process that has imported ipykernel and forks kernels that are ready at once.

Run as: python fork_server.py OUTPUT_SOCKET ARGUMENTS, where these are the kernel's
own, with an empty connection file. File descriptor 3 is a socket to the owner with
one JSON object a line. The owner writes {"op": "fork", "id", "argv", "cwd", "env",
"cgroup"} and {"op": "ping"}. It is told {"event": "ready"} or {"event": "unfit"} once, and
{"event": "forked"}, {"event": "refused"}, {"event": "exited"} and {"event": "pong"}
from then on. When that socket ends, so do this process and every kernel it has forked.

Until it forks, this process has one thread, no ZeroMQ context and no event loop:
nothing that a fork would tear. It imports what a kernel has imported by the time
it is ready and nothing else, so that user code finds what it finds after a cold start.
"""

import ctypes
import gc
import importlib
import importlib.util
import json
import os
import select
import signal
import socket
import sys

CONTROL = 3
PR_SET_PDEATHSIG = 1
libc = ctypes.CDLL(None)

# Imported by functions of ipykernel and IPython between their start and the first
# cell. A version that has no such module does without.
LATE_IMPORTS = (
    "runpy",
    "IPython.core.completerlib",
    "IPython.core.debugger",
    "IPython.core.oinspect",
    "IPython.extensions.storemagic",
    "ipykernel.debugger",
    "tornado.platform.asyncio",
    "faulthandler",
    "encodings.idna",
    "pdb",
    "sqlite3",
)


def main():
    if sys.path and sys.path[0] == os.path.dirname(os.path.abspath(__file__)):
        del sys.path[0]
    # Fails here, and once, where the system forbids it.
    mark_process(os.environb[b"NOTEMILL_KERNEL_ID"])
    app = import_kernel(sys.argv[2:])
    launcher = importlib.util.find_spec("ipykernel_launcher").origin
    threads = count_threads()
    if threads != 1:
        tell(event="unfit", reason="its imports left %d threads running" % threads)
        return
    gc.collect()
    gc.freeze()
    tell(event="ready", env=dict(os.environ), path=import_path())
    request = serve()
    if request is not None:
        become_kernel(request, sys.argv[1])
        run_kernel(app, launcher, request["argv"])


def import_kernel(arguments):
    """Imports what a kernel needs and parses its arguments, as they are the same for all."""
    from ipykernel.kernelapp import IPKernelApp

    for name in LATE_IMPORTS:
        try:
            importlib.import_module(name)
        except ImportError:
            pass
    app = IPKernelApp.instance()
    app.parse_command_line(arguments)
    return app


def import_path():
    """The directories that something was imported from."""
    files = [getattr(module, "__file__", None) or "" for module in list(sys.modules.values())]
    return [entry for entry in sys.path if any(file.startswith(entry + os.sep) for file in files)]


def count_threads():
    """Counts native threads, as a library may have started some that Python does not know."""
    return len(os.listdir("/proc/self/task"))


def tell(**message):
    os.write(CONTROL, json.dumps(message).encode() + b"\n")


def serve():
    """Forks kernels until the owner has gone. Returns in each of them, with what it was forked for."""
    kernels = {}
    wakeup, waker = os.pipe()
    os.set_blocking(waker, False)
    signal.set_wakeup_fd(waker)
    signal.signal(signal.SIGCHLD, lambda *_: None)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    poll = select.poll()
    poll.register(CONTROL, select.POLLIN)
    poll.register(wakeup, select.POLLIN)
    received = b""
    try:
        while True:
            ready = [descriptor for descriptor, _ in poll.poll()]
            if wakeup in ready:
                os.read(wakeup, 4096)
                report_exits(kernels)
            if CONTROL not in ready:
                continue
            chunk = os.read(CONTROL, 65536)
            if not chunk:
                break
            *lines, received = (received + chunk).split(b"\n")
            for line in lines:
                request = json.loads(line)
                if request["op"] == "ping":
                    tell(event="pong")
                elif fork_kernel(request, kernels):
                    signal.set_wakeup_fd(-1)
                    for descriptor in (CONTROL, wakeup, waker):
                        os.close(descriptor)
                    return request
    except ConnectionError:
        # The owner has gone while it was being told something.
        pass
    # The system kills the kernels, as their parent ends.
    os._exit(0)


def fork_kernel(request, kernels):
    """Forks, and tells the child from the parent by returning true."""
    server = os.getpid()
    waiting, settled = os.pipe()
    try:
        pid = os.fork()
    except OSError as error:
        tell(event="refused", id=request["id"], reason=str(error))
        pid = None
    if pid == 0:
        settle(request, server)
    os.close(settled)
    # Waits, for a moment, until whoever kills the kernel's process group finds it.
    os.read(waiting, 1)
    os.close(waiting)
    if pid:
        kernels[pid] = request["id"]
        tell(event="forked", id=request["id"], pid=pid)
    return pid == 0


def settle(request, server):
    """Makes sure that this process can be found, and ends with its parent."""
    libc.prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
    if os.getppid() != server:
        os._exit(1)
    os.setsid()
    mark_process(request["env"]["NOTEMILL_KERNEL_ID"].encode())


def report_exits(kernels):
    while kernels:
        pid, status = os.waitpid(-1, os.WNOHANG)
        if pid == 0:
            return
        if pid in kernels:
            tell(event="exited", id=kernels.pop(pid), code=os.waitstatus_to_exitcode(status))


def become_kernel(request, output_socket):
    """Gives this process what a cold start would have given it."""
    env = {name.encode(): value.encode() for name, value in request["env"].items()}
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    signal.signal(signal.SIGINT, signal.default_int_handler)
    for descriptor, name in ((1, "stdout"), (2, "stderr")):
        connect_output(output_socket, descriptor, "%s %s\n" % (request["id"], name))
    if request["cgroup"] is not None:
        with open(os.path.join(request["cgroup"], "cgroup.procs"), "w") as processes:
            processes.write(str(os.getpid()))
    os.environb.clear()
    os.environb.update(env)
    # By this a kernel ends itself when its parent is no longer there.
    os.environ["JPY_PARENT_PID"] = str(os.getppid())
    os.chdir(request["cwd"].encode())
    forget_the_past()


def connect_output(output_socket, descriptor, greeting):
    connection = socket.socket(socket.AF_UNIX)
    connection.connect(output_socket)
    connection.sendall(greeting.encode())
    os.dup2(connection.fileno(), descriptor)
    connection.close()


def mark_process(kernel_id):
    """Writes an id, of the same length, into the environment this process was started with.

    There a watchdog looks for processes to end: those that this one forks without
    running another program keep what is written here, as after a cold start.
    """
    name = b"NOTEMILL_KERNEL_ID="
    with open("/proc/self/stat", "rb") as stat:
        # proc(5): fields 50 and 51, counted after the name in parentheses, which is field 2.
        fields = stat.read().rpartition(b")")[2].split()
    start, end = int(fields[47]), int(fields[48])
    memory = os.open("/proc/self/mem", os.O_RDWR)
    at = os.pread(memory, end - start, start).index(name)
    os.pwrite(memory, kernel_id, start + at + len(name))
    os.close(memory)


def forget_the_past():
    """Renews what would be equal in two kernels or was derived from another environment."""
    import random
    import tempfile
    import time

    random.seed()
    if "numpy.random" in sys.modules:
        sys.modules["numpy.random"].seed()
    tempfile.tempdir = None
    time.tzset()


def run_kernel(app, launcher, argv):
    """Goes on as IPKernelApp.launch_instance would, with the one argument that is this kernel's own."""
    arguments = argv[argv.index("ipykernel_launcher") + 1 :]
    sys.argv[:] = [launcher, *arguments]
    if hasattr(sys, "orig_argv"):
        sys.orig_argv[:] = argv
    app.argv = arguments
    app.connection_file = arguments[arguments.index("-f") + 1]
    for config in (app.config, app.cli_config):
        config.IPKernelApp.connection_file = app.connection_file
    app.parent_handle = os.getppid()
    app.parse_command_line = lambda argv=None: None
    app.initialize()
    app.start()


main()
