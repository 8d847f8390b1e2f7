import { randomBytes } from "node:crypto";
import { stat, writeFile } from "node:fs/promises";
import { crc32, deflateSync } from "node:zlib";

/** A notebook of so many cells to read: nine of ten have 10 lines of code and 20 lines of output, the others text. */
export async function writeReadNotebook(path: string, cells: number): Promise<void> {
  const list = Array.from({ length: cells }, (_, cell) =>
    cell % 10 === 0 ? textCell(cell) : codeCell(cell, [stream(cell, 20)]),
  );
  await writeFile(path, notebookText(list));
}

/** A notebook of 50 MB and more: pictures, long prints, tables and charts, and one print of 100,000 lines. */
export async function writeLargeNotebook(path: string): Promise<void> {
  const kinds = [picture, () => stream(0, 2500), htmlTable, chart];
  const cells = Array.from({ length: 282 }, (_, cell) => {
    if (cell % 26 === 0) return textCell(cell);
    const make = kinds[cell % kinds.length] ?? picture;
    return codeCell(cell, cell === 101 ? [stream(cell, 100_000)] : [make()]);
  });
  await writeFile(path, notebookText(cells));
  const { size } = await stat(path);
  if (size < 50_000_000) throw new Error(`the large notebook has ${size} bytes only`);
}

function codeCell(cell: number, outputs: readonly unknown[]): unknown {
  const source = Array.from(
    { length: 10 },
    (_, line) => `value_${line} = compute(${cell}, "text of line ${line}", scale=0.${line})  # step ${line}`,
  ).join("\n");
  return {
    cell_type: "code",
    id: `c${cell}`,
    metadata: {},
    execution_count: cell + 1,
    source,
    outputs,
  };
}

function textCell(cell: number): unknown {
  const source = `## Part ${cell}\n\nWhat *follows* counts \`rows\` by $x_${cell}^2$, as in [the table](#table):\n\n- one\n- two`;
  return { cell_type: "markdown", id: `c${cell}`, metadata: {}, source };
}

function stream(cell: number, lines: number): unknown {
  const text = Array.from({ length: lines }, (_, line) => `cell ${cell} line ${line}: done in 0.${line} s\n`);
  return { output_type: "stream", name: "stdout", text };
}

/** A picture of noise, which no compression makes smaller: some 200 kB. */
function picture(): unknown {
  const [width, height] = [240, 200];
  const rows = Array.from({ length: height }, () => Buffer.concat([Buffer.of(0), randomBytes(width * 3)]));
  const head = Buffer.alloc(13);
  head.writeUInt32BE(width, 0);
  head.writeUInt32BE(height, 4);
  head.set([8, 2, 0, 0, 0], 8);
  const png = Buffer.concat([
    Buffer.from("89504e470d0a1a0a", "hex"),
    pngChunk("IHDR", head),
    pngChunk("IDAT", deflateSync(Buffer.concat(rows), { level: 1 })),
    pngChunk("IEND", Buffer.alloc(0)),
  ]);
  return display({ "image/png": png.toString("base64"), "text/plain": ["<Figure>"] });
}

function pngChunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, "latin1"), data]);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(data.length);
  const sum = Buffer.alloc(4);
  sum.writeUInt32BE(crc32(body));
  return Buffer.concat([length, body, sum]);
}

/** A table as pandas prints it: 60 rows of 20 columns. */
function htmlTable(): unknown {
  const columns = Array.from({ length: 20 }, (_, column) => column);
  const row = (index: number): string =>
    `    <tr>\n      <th>${index}</th>\n${columns.map((column) => `      <td>${(index * column) / 7}</td>\n`).join("")}    </tr>\n`;
  const head = `<tr style="text-align: right;"><th></th>${columns.map((it) => `<th>column ${it}</th>`).join("")}</tr>`;
  const body = Array.from({ length: 60 }, (_, index) => row(index)).join("");
  const html = `<table border="1" class="dataframe">\n  <thead>${head}</thead>\n  <tbody>\n${body}  </tbody>\n</table>`;
  return display({ "text/html": html.split(/(?<=\n)/), "text/plain": ["a table"] });
}

/** A Plotly chart of 8,000 points. */
function chart(): unknown {
  const points = Array.from({ length: 8000 }, (_, at) => at);
  const data = [
    { type: "scatter", x: points, y: points.map((it) => Math.sin(it) / 3), mode: "lines", name: "sine" },
  ];
  return display({
    "application/vnd.plotly.v1+json": { data, layout: { title: { text: "A sine" } } },
    "text/plain": ["a chart"],
  });
}

function display(data: Readonly<Record<string, unknown>>): unknown {
  return { output_type: "display_data", metadata: {}, data };
}

function notebookText(cells: readonly unknown[]): string {
  const metadata = { kernelspec: { display_name: "Python 3", language: "python", name: "python3" } };
  return JSON.stringify({ cells, metadata, nbformat: 4, nbformat_minor: 5 }, null, 1);
}
