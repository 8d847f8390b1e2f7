/** The colours that the command uses, by their number in a terminal. */
const COLOURS = { 1: "font-weight:600", 2: "opacity:.7", 31: "color:#ff8f85", 32: "color:#7fd493" };

/** A page that shows a command line and what it printed, as a terminal would. */
export function terminalPage(commandLine, printed) {
  return `<!doctype html><meta charset="utf-8"><style>
body{margin:0;background:#15181b}
main{box-sizing:border-box;padding:26px 30px;background:#15181b;color:#d8dde2}
pre{margin:0;font:13px/1.6 ui-monospace,Menlo,Consolas,"DejaVu Sans Mono",monospace;white-space:pre-wrap}
b{color:#6cc5c9;font-weight:400}
</style><main><pre><b>$</b> ${escaped(commandLine)}\n\n${coloured(printed.trimEnd())}</pre></main>`;
}

/** Turns what sets a colour into markup; no other escape sequence is printed where no terminal is. */
function coloured(text) {
  // eslint-disable-next-line no-control-regex
  const pieces = text.split(/\u001b\[([\d;]*)m/);
  return pieces
    .map((piece, index) => {
      if (index % 2 === 1) return "";
      const codes = index === 0 ? [] : (pieces[index - 1] ?? "").split(";");
      const style = codes.map((code) => COLOURS[code] ?? "").join(";");
      return style.replaceAll(";", "") === ""
        ? escaped(piece)
        : `<span style="${style}">${escaped(piece)}</span>`;
    })
    .join("");
}

function escaped(text) {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}
