"""Executes cells in a Jupyter kernel and prints what they print.

Arguments: the kernel's name. Standard input: a JSON list of sources.
"""

import json
import sys

from jupyter_client.manager import start_new_kernel

manager, client = start_new_kernel(kernel_name=sys.argv[1], startup_timeout=120)


def print_stream(message):
    content = message["content"]
    if message["msg_type"] == "stream" and content["name"] == "stdout":
        sys.stdout.write(content["text"])
    if message["msg_type"] == "error":
        sys.exit("\n".join(content["traceback"]))


try:
    for source in json.load(sys.stdin):
        reply = client.execute_interactive(source, output_hook=print_stream, timeout=120)
        if reply["content"]["status"] != "ok":
            sys.exit(f"the kernel answered {reply['content']}")
finally:
    client.stop_channels()
    manager.shutdown_kernel(now=True)
