/** One server-sent event. */
export interface ServerSentEvent {
  readonly id?: number;
  readonly event: string;
  /** JSON, which may have line breaks. */
  readonly data: string;
}

/**
 * Writes a server-sent event. A line break would end its field, and what a runner has sent or an archive holds may
 * have them everywhere: whoever reads the stream gets this one event, with its data as they were.
 */
export function serverSentEvent({ id, event, data }: ServerSentEvent): string {
  const lines = data.split(/\r\n|[\r\n]/).map((line) => `data: ${line}\n`);
  return `${id === undefined ? "" : `id: ${id}\n`}event: ${event.replaceAll(/[\r\n]/g, " ")}\n${lines.join("")}\n`;
}
