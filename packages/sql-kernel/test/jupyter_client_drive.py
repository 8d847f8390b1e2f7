"""Drives the SQL kernel as any Jupyter client does. Argument: a data directory with the kernelspec."""

import json
import os
import sys

os.environ["JUPYTER_PATH"] = sys.argv[1]

from jupyter_client.manager import start_new_kernel  # noqa: E402

manager, client = start_new_kernel(kernel_name="sql")
found = {}


def run(code):
    outputs = []
    reply = client.execute_interactive(code, timeout=60, output_hook=outputs.append)
    return reply["content"], outputs


try:
    reply, outputs = run("SELECT 40 + 2 AS answer")
    found["value"] = [
        output["content"]["data"]["text/plain"] for output in outputs if output["msg_type"] == "execute_result"
    ]
    found["rows"] = [
        output["content"]["data"]["application/vnd.dataresource+json"]["data"]
        for output in outputs
        if output["msg_type"] == "execute_result"
    ]
    reply, _ = run("SELECT nope")
    found["error"] = [reply["status"], reply["ename"]]
    run("CREATE TABLE orders (total INTEGER)")
    found["complete"] = client.complete("SELECT * FROM ord", 17, reply=True, timeout=60)["content"]["matches"]
    found["inspect"] = client.inspect("orders", 3, reply=True, timeout=60)["content"]["data"]["text/plain"]
    client.is_complete("SELECT (")
    found["is_complete"] = client.get_shell_msg(timeout=60)["content"]["status"]
    found["history"] = [
        entry[2] for entry in client.history(hist_access_type="tail", n=1, reply=True, timeout=60)["content"]["history"]
    ]
    endless = "SELECT sum(a.range * b.range) FROM range(1000000) a, range(100000000) b"
    reply = client.execute_interactive(
        f"-- notemill: print\nSELECT 'begun';\n{endless}",
        timeout=60,
        output_hook=lambda output: manager.interrupt_kernel() if output["msg_type"] == "stream" else None,
    )["content"]
    found["interrupted"] = [reply["status"], reply["ename"]]
    manager.restart_kernel(now=False)
    client.wait_for_ready(timeout=60)
    reply, outputs = run("SELECT count(*) AS n FROM duckdb_tables()")
    found["restarted"] = [
        output["content"]["data"]["text/plain"] for output in outputs if output["msg_type"] == "execute_result"
    ]
    found["alive"] = client.is_alive()
finally:
    client.stop_channels()
    manager.shutdown_kernel(now=False)
found["ended"] = not manager.is_alive()
print(json.dumps(found))
