/** A bar that shows how many of `total` are done. */
export interface ProgressBar {
  advance(): void;
  describe(text: string): void;
  /** Takes the bar off the screen while something else is written. */
  interrupt(write: () => void): void;
  /** Draws the last state and leaves it there. */
  end(): void;
}

/** Where a bar is drawn. */
export interface ProgressBarOptions {
  readonly write: (text: string) => void;
  readonly isTerminal: boolean;
  readonly columns: number;
  readonly now: () => number;
  readonly total: number;
  readonly unit: string;
  readonly label: string;
}

/** A terminal is redrawn at most this often, and a file gets a line at most that often, in milliseconds. */
const REDRAW_MS = 80;
const LINE_MS = 5000;

/** Makes a bar: redrawn in place on a terminal, a plain line now and then anywhere else. */
export function createProgressBar(options: ProgressBarOptions): ProgressBar {
  const { write, isTerminal, now, total } = options;
  const begun = now();
  let done = 0;
  let label = options.label;
  let drawnAt = Number.NEGATIVE_INFINITY;
  let shown = "";

  function draw(isForced: boolean): void {
    const time = now();
    if (!isForced && time - drawnAt < (isTerminal ? REDRAW_MS : LINE_MS)) return;
    const line = progressLine({ ...options, label, done, seconds: (time - begun) / 1000 });
    drawnAt = time;
    if (isTerminal) write(`\r${line.padEnd(shown.length)}`);
    else if (line !== shown) write(`${line}\n`);
    shown = line;
  }

  if (isTerminal) draw(true);
  else drawnAt = begun;
  return {
    advance() {
      done += 1;
      draw(done === total);
    },
    describe(text) {
      label = text;
      draw(false);
    },
    interrupt(writeOther) {
      if (!isTerminal || shown === "") return writeOther();
      write(`\r${" ".repeat(shown.length)}\r`);
      writeOther();
      draw(true);
    },
    end() {
      // A plain line that says everything is done stands there already.
      if (isTerminal || done < total) draw(true);
      if (isTerminal) write("\n");
    },
  };
}

function progressLine(state: ProgressBarOptions & { done: number; seconds: number }): string {
  const { label, done, total, seconds, unit, columns } = state;
  const share = total === 0 ? 1 : done / total;
  const head = `${label}: ${String(Math.round(share * 100)).padStart(3)}%`;
  const rate = done === 0 || seconds === 0 ? "?" : (done / seconds).toFixed(2);
  const left = done === 0 ? "?" : clockTime((seconds / done) * (total - done));
  const tail = ` ${done}/${total} [${clockTime(seconds)}<${left}, ${rate} ${unit}/s]`;
  const width = Math.min(40, columns - head.length - tail.length - 3);
  if (!state.isTerminal || width < 4) return `${head}${tail}`.slice(0, Math.max(20, columns - 1));
  const filled = Math.round(width * share);
  return `${head}|${"█".repeat(filled)}${" ".repeat(width - filled)}|${tail}`;
}

function clockTime(seconds: number): string {
  const whole = Math.round(seconds);
  const minutes = String(Math.floor(whole / 60) % 60).padStart(2, "0");
  const text = `${minutes}:${String(whole % 60).padStart(2, "0")}`;
  return whole < 3600 ? text : `${Math.floor(whole / 3600)}:${text}`;
}
