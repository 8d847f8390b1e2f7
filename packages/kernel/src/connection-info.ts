/**
 * Where a kernel's channels are, and the key that signs its messages: the value of a connection file.
 *
 * Source: https://jupyter-client.readthedocs.io/en/stable/kernels.html#connection-files
 */
export interface ConnectionInfo {
  readonly transport: "ipc" | "tcp";
  /** An address, or for `ipc` the beginning of the socket files' paths. */
  readonly ip: string;
  readonly shell_port: number;
  readonly iopub_port: number;
  readonly stdin_port: number;
  readonly control_port: number;
  readonly hb_port: number;
  readonly signature_scheme: "hmac-sha256";
  /** Empty where messages are not signed. */
  readonly key: string;
  readonly kernel_name: string;
}

/** The address of one channel, as ZeroMQ writes it. */
export function channelAddress(
  connection: ConnectionInfo,
  channel: "shell" | "iopub" | "stdin" | "control" | "hb",
): string {
  const separator = connection.transport === "ipc" ? "-" : ":";
  return `${connection.transport}://${connection.ip}${separator}${connection[`${channel}_port`]}`;
}
