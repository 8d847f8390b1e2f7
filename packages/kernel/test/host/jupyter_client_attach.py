"""Executes code in a kernel that runs, by its connection file, and prints what the kernel prints."""

import sys

from jupyter_client import BlockingKernelClient

connection_file, code = sys.argv[1:]
client = BlockingKernelClient(connection_file=connection_file)
client.load_connection_file()
client.start_channels()
try:
    client.wait_for_ready(timeout=60)
    client.execute_interactive(code, store_history=False, timeout=60)
finally:
    client.stop_channels()
