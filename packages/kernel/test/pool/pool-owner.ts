/**
 * A process that owns a pool with two forked kernels, to be killed by a test.
 *
 * Run as: node pool-owner.ts SOCKET. Each kernel, and a daemon that it forks and
 * that leaves its session, connects to the socket; they hold it open while they live.
 */
import { tmpdir } from "node:os";
import { createKernelPool } from "../../src/index.ts";
import { pythonKernelspec, run } from "./python-kernel.ts";

const pool = createKernelPool();
const options = { kernelspec: await pythonKernelspec(), cwd: tmpdir(), env: process.env };
const kernels = await Promise.all([pool.acquire(options), pool.acquire(options)]);
for (const kernel of kernels) {
  const code = `
import os, signal, socket
def hold(name):
    connection = socket.socket(socket.AF_UNIX)
    connection.connect(${JSON.stringify(process.argv[2])})
    connection.sendall(name.encode())
    return connection
if os.fork() == 0:
    os.setsid()
    held = hold("daemon")
    while True:
        signal.pause()
held = hold("kernel")`;
  const { error } = await run(kernel, code);
  if (error !== null) throw new Error(error);
}
console.log(JSON.stringify({ files: kernels.map((kernel) => kernel.connectionFile) }));
