import type { Output, StreamOutput } from "@notemill/nbformat";
import { fileLength } from "./file-length.ts";
import { leftOutNote, NOTHING_LEFT_OUT } from "./left-out.ts";
import type { CellLimits, OutputRoom } from "./output-limits.ts";
import type { OutputSlot } from "./output-slot.ts";
import { spilledText } from "./spilled-text.ts";
import { textPieces } from "./text-pieces.ts";

/**
 * The outputs of one cell while it runs, or of a widget that takes them to itself.
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

/** What {@link createCellOutputs} needs. */
export interface CellOutputsOptions extends OutputRoom {
  /** Names the spill file. */
  readonly cellId: string;
}

/** The tail is kept or left out in pieces of this share of the limit, so that dropping one drops little. */
const PIECES = 64;

/** Makes the empty {@link CellOutputs} of a cell. */
export function createCellOutputs({ cellId, budget, spill }: CellOutputsOptions): CellOutputs {
  let limits: CellLimits | undefined;
  let head: OutputSlot[] = [];
  let tail: OutputSlot[] = [];
  let headFull = false;
  const used = { head: emptyUse(), tail: emptyUse() };
  let leftOut = NOTHING_LEFT_OUT;
  let cached: readonly Output[] | undefined;

  function append(output: Output): OutputSlot {
    cached = undefined;
    limits ??= budget.limits();
    const pieceLength = Math.max(1, Math.floor(limits.streamLength / PIECES));
    if (output.output_type !== "stream") return appendRich(output, limits);
    return appendPieces(output, pieceLength, limits);
  }

  /** One long text is many pieces, so that its middle can be left out. */
  function appendPieces(output: StreamOutput, pieceLength: number, limits: CellLimits): OutputSlot {
    if (output.text.length <= pieceLength) return appendText(output, pieceLength, limits);
    let slot: OutputSlot = { output, length: 0, place: "gone" };
    for (const text of textPieces(output.text, pieceLength)) {
      slot = appendText({ ...output, text }, pieceLength, limits);
    }
    return slot;
  }

  function appendText(output: StreamOutput, pieceLength: number, limits: CellLimits): OutputSlot {
    const last = (headFull ? tail : head).at(-1);
    const known = last?.output;
    const isFull = headFull && last !== undefined && last.length >= pieceLength;
    if (!last || known?.output_type !== "stream" || known.name !== output.name || isFull) {
      return push(output, fileLength(output), limits);
    }
    const length = fileLength(output);
    last.output = { ...output, text: known.text + output.text };
    last.length += length;
    grow(last.place, "stream", length);
    trim(limits);
    return last;
  }

  function appendRich(output: Exclude<Output, StreamOutput>, limits: CellLimits): OutputSlot {
    const length = fileLength(output);
    if (length > limits.richLength) {
      headFull = true;
      leaveOut(output);
      return { output, length, place: "gone" };
    }
    if (used.head.rich + length > limits.richLength / 2) headFull = true;
    return push(output, length, limits);
  }

  function push(output: Output, length: number, limits: CellLimits): OutputSlot {
    const slot: OutputSlot = { output, length, place: headFull ? "tail" : "head" };
    (headFull ? tail : head).push(slot);
    used[headFull ? "tail" : "head"].slots += 1;
    grow(slot.place, kindOf(output), length);
    trim(limits);
    return slot;
  }

  function grow(place: OutputSlot["place"], kind: "stream" | "rich", length: number): void {
    if (place === "gone") return;
    used[place][kind] += length;
    budget.add(length);
  }

  function trim(limits: CellLimits): void {
    if (!headFull) headFull = isOver(used.head, limits, 0.5);
    else if (isOver(used.tail, limits, 0.5)) compact(limits);
  }

  /** Keeps the newest slots of the tail that fit in three eighths of the limits and spills the others. */
  function compact(limits: CellLimits): void {
    const before = used.tail.stream + used.tail.rich;
    const kept = emptyUse();
    const keep = tail.map(() => false);
    for (let i = tail.length - 1; i >= 0; i--) {
      const slot = tail[i];
      if (!slot) continue;
      const wanted = { ...kept, slots: kept.slots + 1 };
      wanted[kindOf(slot.output)] += slot.length;
      if (i < tail.length - 1 && isOver(wanted, limits, 0.375)) continue;
      Object.assign(kept, wanted);
      keep[i] = true;
    }
    tail.forEach((slot, i) => {
      if (keep[i]) return;
      slot.place = "gone";
      leaveOut(slot.output);
    });
    tail = tail.filter((_slot, i) => keep[i]);
    used.tail = kept;
    budget.add(kept.stream + kept.rich - before);
  }

  function leaveOut(output: Output): void {
    let { length, kept, path } = leftOut;
    for (const text of spilledText(output)) {
      const spilled = spill.write(cellId, text);
      length += text.length;
      kept += spilled.kept;
      path ||= spilled.path;
    }
    leftOut = { length, kept, path };
  }

  return {
    append,
    update(slot, output) {
      if (slot.place === "gone") return;
      cached = undefined;
      const length = fileLength(output);
      const { richLength } = (limits ??= budget.limits());
      const kind = kindOf(output);
      if (kind === "rich" && used.head.rich + used.tail.rich - slot.length + length > richLength) {
        return leaveOut(output);
      }
      grow(slot.place, kind, length - slot.length);
      slot.output = output;
      slot.length = length;
    },
    clear() {
      cached = undefined;
      budget.add(-(used.head.stream + used.head.rich + used.tail.stream + used.tail.rich));
      for (const slot of [...head, ...tail]) slot.place = "gone";
      head = [];
      tail = [];
      headFull = false;
      used.head = emptyUse();
      used.tail = emptyUse();
      if (leftOut.length > 0) spill.restart(cellId);
      leftOut = NOTHING_LEFT_OUT;
      limits = undefined;
    },
    snapshot() {
      cached ??= [...merged(head), ...leftOutNote(leftOut), ...merged(tail)];
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

function kindOf(output: Output): "stream" | "rich" {
  return output.output_type === "stream" ? "stream" : "rich";
}

function isOver(use: Use, limits: CellLimits, share: number): boolean {
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
