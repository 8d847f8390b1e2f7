import { RawJson } from "@notemill/json";
import type { MimeBundle } from "@notemill/nbformat";
import { readNotebook } from "@notemill/nbformat";
import { describe, expect, it } from "vitest";
import { createNotebookRenderer } from "../notebook-renderer.ts";
import type { PageContext } from "../page/page-context.ts";
import { renderMedia } from "./media-output.ts";

const EMPTY = readNotebook('{"cells":[],"metadata":{},"nbformat":4,"nbformat_minor":5}', {
  newId: () => "new",
});
const { renderOutputs } = createNotebookRenderer(EMPTY.notebook);

/** Markup of a bundle; data that is no text is JSON. */
function bundle(data: Readonly<Record<string, unknown>>): string {
  const entries = Object.entries(data).map(([type, value]) => [
    type,
    typeof value === "string" ? value : new RawJson(JSON.stringify(value)),
  ]);
  return renderOutputs([
    { output_type: "display_data", data: Object.fromEntries(entries) as MimeBundle, metadata: {} },
  ]);
}

describe("recordings and maps", () => {
  it("play what is in the notebook, and nothing from elsewhere", () => {
    expect(bundle({ "audio/wav": "UklG\nRg==" })).toContain(
      '<audio class="media" controls="" aria-label="Sound" src="data:audio/wav;base64,UklGRg==">',
    );
    const html = (source: string): string =>
      bundle({
        "text/html": `\n<video controls  width="3">\n <source src="${source}" type="video/mp4">\nNo.</video>`,
      });
    expect(html("data:video/mp4;base64,AAAA")).toContain('src="data:video/mp4;base64,AAAA"></video>');
    for (const source of ["https://canary.example/a.mp4", "data:text/html;base64,AAAA", "data:video/mp4,<b>"])
      expect(html(source)).not.toContain("<video");
    expect(bundle({ "audio/wav": 'x" onerror="alert(1)' })).not.toContain("<audio");
  });

  it.each([
    ["spaces", "<video>", " ", ""],
    ["spaces after the bytes", '<audio src="data:audio/wav;base64,AAAA">', " ", ""],
    ["spaces before them", "<audio>", " ", '<source src="data:audio/wav;base64,AAAA"></audio>'],
    ["beginnings of tags", '<audio src="data:audio/wav;base64,AAAA">', "<", ""],
    ["bytes without an end", '<audio src="data:audio/wav;base64,', "A", ""],
  ])("end on millions of %s", (_what, before, sign, after) => {
    const html = `${before}${sign.repeat(4_000_000)}${after}`;
    expect(
      renderMedia({
        data: { "text/html": html },
        metadata: {},
        page: { maxOutputLength: 1e7 } as PageContext,
        renderOutputs,
      }),
    ).toBeUndefined();
  });

  it("play what has millions of bytes", () => {
    const html = `<audio  controls="controls" >\n <source src="data:audio/wav;base64,${"A".repeat(4_000_000)}" type="audio/wav" />\nNo.\n</audio>`;
    const page = { maxOutputLength: 1e7 } as PageContext;
    expect(renderMedia({ data: { "text/html": html }, metadata: {}, page, renderOutputs })).toMatch(
      /^<audio class="media"/,
    );
  });

  it("draw GeoJSON, north above", () => {
    const geometry = {
      type: "Polygon",
      coordinates: [
        [
          [0, 0],
          [10, 0],
          [10, 10],
          [0, 0],
        ],
      ],
    };
    const features = [
      { type: "Feature", geometry, properties: {} },
      { type: "Feature", geometry: { type: "Point", coordinates: [5, 5] } },
      { type: "Feature", geometry: null },
      { type: "Feature", geometry: { type: "LineString", coordinates: [["x"], [1, 95], null] } },
    ];
    const map = decodeURIComponent(
      bundle({ "application/geo+json": { type: "FeatureCollection", features } }),
    );
    expect(map).toContain('alt="Map of 4 features"');
    expect(map).toMatch(/d="M8 472L/);
    expect(map.match(/<circle/g)).toHaveLength(1);
    expect(bundle({ "application/geo+json": { type: "FeatureCollection", features: [] } })).not.toContain(
      "<img",
    );
  });
});
