"""Runs the papermill command many times without importing it each time.

A request is a line of JSON on standard input: `id`, `cwd`, `args`, and `log`, a
file for what the command prints. The answer is a line of JSON on standard
output: `id` and `exit_code`, negative for a signal.
"""

import atexit
import json
import os
import sys
import threading
import traceback

# What the command imports at its start or at the first notebook.
import nbclient
import papermill.cli
import papermill.engines
import papermill.execute


def run(request):
    """Is papermill, in a process of its own."""
    log = os.open(request["log"], os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
    nothing = os.open(os.devnull, os.O_RDONLY)
    os.dup2(nothing, 0)
    os.dup2(log, 1)
    os.dup2(log, 2)
    os.chdir(request["cwd"])
    sys.argv = ["papermill", *request["args"]]
    exit_code = 1
    try:
        papermill.cli.papermill()
    except SystemExit as end:
        exit_code = end.code if isinstance(end.code, int) else int(end.code is not None)
    except BaseException:
        traceback.print_exc()
    atexit._run_exitfuncs()
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(exit_code)


def answer(request, pid):
    """Waits for the process. One write, for a fork meanwhile must not find a lock taken."""
    _, status = os.waitpid(pid, 0)
    line = json.dumps({"id": request["id"], "exit_code": os.waitstatus_to_exitcode(status)})
    os.write(1, line.encode() + b"\n")


for line in sys.stdin:
    request = json.loads(line)
    pid = os.fork()
    if pid == 0:
        run(request)
    threading.Thread(target=answer, args=(request, pid)).start()
