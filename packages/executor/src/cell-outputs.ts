import { encodeJson, type JsonValue } from "@notemill/json";
import type { Output, StreamOutput } from "@notemill/nbformat";
import type { OutputLimits, OutputSpill } from "./output-limits.ts";
import { outputLength, type OutputSlot } from "./output-slot.ts";

/**
 * The outputs of one cell while it runs.
 *
 * Adjacent pieces of one stream are merged. Within the limits everything is
 * kept; past them the first and the last part are kept, what lies between goes
 * to the spill, and a note in its place says so.
 */
export interface CellOutputs {
  /** Adds an output; the slot can be updated later. */
  append(output: Output): OutputSlot;
  /** Replaces what a slot shows. A slot that was spilled or cleared stays gone. */
  update(slot: OutputSlot, output: Output): void;
  /** Drops everything shown so far. */
  clear(): void;
  /** The outputs as the file has them now; the same array while nothing changed. */
  snapshot(): readonly Output[];
}

/** The tail is kept or left out in pieces of this share of the limit, so that dropping one drops little. */
const PIECES = 64;

/** Makes the empty {@link CellOutputs} of the cell called `cellId`. */
export function createCellOutputs(cellId: string, limits: OutputLimits, spill: OutputSpill): CellOutputs {
  const pieceLength = Math.max(1, Math.floor(limits.streamLength / PIECES));
  let head: OutputSlot[] = [];
  let tail: OutputSlot[] = [];
  let headFull = false;
  const used = { head: emptyUse(), tail: emptyUse() };
  let leftOut = { length: 0, count: 0, path: "" };
  let cached: readonly Output[] | undefined;

  function append(output: Output): OutputSlot {
    if (output.output_type === "stream" && output.text.length > pieceLength) return appendPieces(output);
    return appendOne(output);
  }

  /** One long text is many pieces, so that its middle can be left out. */
  function appendPieces(output: StreamOutput): OutputSlot {
    let at = pieceLength;
    let slot = appendOne({ ...output, text: output.text.slice(0, at) });
    for (; at < output.text.length; at += pieceLength) {
      slot = appendOne({ ...output, text: output.text.slice(at, at + pieceLength) });
    }
    return slot;
  }

  function appendOne(output: Output): OutputSlot {
    cached = undefined;
    const part = headFull ? tail : head;
    const last = part.at(-1);
    const use = headFull ? used.tail : used.head;
    if (output.output_type === "stream" && last && canMerge(last, output)) {
      last.output = {
        ...output,
        text: last.output.output_type === "stream" ? last.output.text + output.text : "",
      };
      last.length += output.text.length;
      use.stream += output.text.length;
      trim();
      return last;
    }
    const slot: OutputSlot = { output, length: outputLength(output) };
    part.push(slot);
    count(use, slot, 1);
    trim();
    return slot;
  }

  function canMerge(last: OutputSlot, output: Output): boolean {
    if (last.output.output_type !== "stream" || output.output_type !== "stream") return false;
    return last.output.name === output.name && (!headFull || last.length < pieceLength);
  }

  function trim(): void {
    if (!headFull) headFull = isOver(used.head, limits, 0.5);
    else if (isOver(used.tail, limits, 0.5)) compact();
  }

  /** Keeps the newest slots of the tail that fit in three eighths of the limits and spills the others. */
  function compact(): void {
    const kept = emptyUse();
    const keep = tail.map(() => false);
    for (let i = tail.length - 1; i >= 0; i--) {
      const slot = tail[i];
      if (!slot) continue;
      const wanted = { ...kept };
      count(wanted, slot, 1);
      if (i < tail.length - 1 && isOver(wanted, limits, 0.375)) continue;
      Object.assign(kept, wanted);
      keep[i] = true;
    }
    tail.forEach((slot, i) => {
      if (!keep[i]) spillSlot(slot);
    });
    tail = tail.filter((_slot, i) => keep[i]);
    used.tail = kept;
  }

  function spillSlot(slot: OutputSlot): void {
    const { output } = slot;
    const text =
      output.output_type === "stream" ? output.text : `${encodeJson(output as unknown as JsonValue)}\n`;
    leftOut = {
      length: leftOut.length + slot.length,
      count: leftOut.count + 1,
      path: spill.write(cellId, text),
    };
  }

  function note(): Output[] {
    if (leftOut.count === 0) return [];
    const where = leftOut.path === "" ? "they were not kept" : `they are in ${leftOut.path}`;
    const text = `\n[notemill] ${leftOut.length.toLocaleString("en-US")} characters of output are left out here; ${where}\n`;
    return [{ output_type: "stream", name: "stderr", text }];
  }

  return {
    append,
    update(slot, output) {
      cached = undefined;
      const use = head.includes(slot) ? used.head : tail.includes(slot) ? used.tail : undefined;
      if (!use) return;
      count(use, slot, -1);
      slot.output = output;
      slot.length = outputLength(output);
      count(use, slot, 1);
    },
    clear() {
      cached = undefined;
      head = [];
      tail = [];
      headFull = false;
      used.head = emptyUse();
      used.tail = emptyUse();
      leftOut = { length: 0, count: 0, path: "" };
    },
    snapshot() {
      cached ??= [...merged(head), ...note(), ...merged(tail)];
      return cached;
    },
  };
}

/** What a list of slots takes up. */
interface Use {
  stream: number;
  rich: number;
  slots: number;
}

function emptyUse(): Use {
  return { stream: 0, rich: 0, slots: 0 };
}

function count(use: Use, slot: OutputSlot, sign: 1 | -1): void {
  if (slot.output.output_type === "stream") use.stream += sign * slot.length;
  else use.rich += sign * slot.length;
  use.slots += sign;
}

function isOver(use: Use, limits: OutputLimits, share: number): boolean {
  return (
    use.stream > limits.streamLength * share ||
    use.rich > limits.richLength * share ||
    use.slots > limits.count * share
  );
}

/** Joins the stream pieces that the tail keeps apart. */
function merged(slots: readonly OutputSlot[]): Output[] {
  const outputs: Output[] = [];
  for (const { output } of slots) {
    const last = outputs.at(-1);
    if (output.output_type === "stream" && last?.output_type === "stream" && last.name === output.name) {
      outputs[outputs.length - 1] = { ...last, text: last.text + output.text };
    } else outputs.push(output);
  }
  return outputs;
}
