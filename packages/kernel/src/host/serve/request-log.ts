/** One execute request that went through a kernel host. */
export interface LoggedExecution {
  readonly msgId: string;
  /** No record that it caused is older. */
  readonly firstSequence: number;
  /** The last record that it caused; `null` while there may be more. */
  readonly lastSequence: number | null;
}

/** How many executions that have come to their end are remembered. */
const REMEMBERED = 10_000;

/** Which executions were asked for, and which questions of the kernel are open: what a next driver needs to go on. */
export interface RequestLog {
  /** An execute request is on its way, and the next record has this number. */
  executionSent(msgId: string, nextSequence: number): void;
  /** The kernel asks its user for a line. */
  inputRequested(msgId: string): void;
  /** The driver gave an answer, to this question or, if `null`, to any. */
  inputReplied(msgId: string | null): void;
  /** The reply to a request has come. */
  replied(parent: string, sequence: number): void;
  /** The kernel is idle after a request. */
  wentIdle(parent: string, sequence: number): void;
  /** The kernel's process has ended, and everything asked of it. */
  lifeEnded(sequence: number): void;
  find(msgId: string): LoggedExecution | undefined;
  isInputOpen(msgId: string): boolean;
  /** The questions that nobody has answered. */
  openInputs(): readonly string[];
  /** Requests of the executions that have not come to their end, oldest first. */
  unfinished(): readonly string[];
}

interface Entry {
  readonly msgId: string;
  readonly firstSequence: number;
  lastSequence: number | null;
  hasReply: boolean;
  isIdle: boolean;
}

/** Makes an empty log. */
export function createRequestLog(): RequestLog {
  const running = new Map<string, Entry>();
  const over = new Map<string, Entry>();
  const openInputs = new Set<string>();

  const end = (entry: Entry, sequence: number): void => {
    entry.lastSequence = sequence;
    running.delete(entry.msgId);
    over.set(entry.msgId, entry);
    if (over.size > REMEMBERED) over.delete(over.keys().next().value ?? "");
  };
  const progress = (parent: string, sequence: number, change: (entry: Entry) => void): void => {
    const entry = running.get(parent);
    if (!entry) return;
    change(entry);
    if (entry.hasReply && entry.isIdle) end(entry, sequence);
  };
  return {
    executionSent(msgId, nextSequence) {
      const entry = {
        msgId,
        firstSequence: nextSequence,
        lastSequence: null,
        hasReply: false,
        isIdle: false,
      };
      running.set(msgId, entry);
    },
    inputRequested: (msgId) => void openInputs.add(msgId),
    inputReplied(msgId) {
      if (msgId === null) openInputs.clear();
      else openInputs.delete(msgId);
    },
    replied: (parent, sequence) => progress(parent, sequence, (entry) => (entry.hasReply = true)),
    wentIdle: (parent, sequence) => progress(parent, sequence, (entry) => (entry.isIdle = true)),
    lifeEnded(sequence) {
      openInputs.clear();
      for (const entry of running.values()) end(entry, sequence);
    },
    find: (msgId) => running.get(msgId) ?? over.get(msgId),
    isInputOpen: (msgId) => openInputs.has(msgId),
    openInputs: () => [...openInputs],
    unfinished: () => [...running.keys()],
  };
}
