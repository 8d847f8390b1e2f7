import { describe, expect, it } from "vitest";
import { embeddedSource, rasterSource, svgSource } from "./image-source.ts";

describe("rasterSource", () => {
  it("takes base64 with line ends", () => {
    expect(rasterSource("image/png", "iVBO\nRw==\n")).toBe("data:image/png;base64,iVBORw==");
  });

  it.each([
    ["image/svg+xml", "AAAA"],
    ["text/html", "AAAA"],
    ["image/png", `AAAA" onerror="alert(1)`],
    ["image/png", "<svg>"],
    ["image/png", ""],
  ])("refuses %s with %s", (mimeType, data) => {
    expect(rasterSource(mimeType, data)).toBeUndefined();
  });
});

describe("svgSource", () => {
  it("keeps what a URL would change", () => {
    const svg = `<svg xmlns="http://www.w3.org/2000/svg"><path d="M0 0\nL1 1" fill="#abc"/>é 100%</svg>`;
    const source = svgSource(svg);
    expect(source).not.toMatch(/["<>#\s]/);
    expect(decodeURIComponent(source?.split(",").slice(1).join(",") ?? "")).toBe(svg);
  });

  it("gives the namespace that HTML leaves out, and drops what stands before the element", () => {
    expect(decodeURIComponent(svgSource(`<?xml version="1.0"?><!DOCTYPE svg><svg width="1"/>`) ?? "")).toBe(
      `data:image/svg+xml;charset=utf-8,<svg xmlns="http://www.w3.org/2000/svg" width="1"/>`,
    );
  });

  it("survives half an emoji", () => {
    expect(svgSource("<svg>\ud83d</svg>")).toContain("\ufffd");
  });

  it("refuses what is no drawing", () => {
    expect(svgSource("<html><script>alert(1)</script></html>")).toBeUndefined();
  });
});

describe("embeddedSource", () => {
  it.each([
    ["data:image/png;base64,AAAA", "data:image/png;base64,AAAA"],
    [" DATA:IMAGE/PNG;BASE64,AAAA", "data:image/png;base64,AAAA"],
    ["data:image/jpeg;base64,AA%2BA", "data:image/jpeg;base64,AA+A"],
    ["data:image/svg+xml;base64,AAAA", "data:image/svg+xml;base64,AAAA"],
    [
      "data:image/svg+xml;utf8,%3Csvg/%3E",
      "data:image/svg+xml;charset=utf-8,%3Csvg%20xmlns=%22http://www.w3.org/2000/svg%22/%3E",
    ],
  ])("reads %s", (address, expected) => {
    expect(embeddedSource(address)).toBe(expected);
  });

  it.each([
    "https://example.org/x.png",
    "//example.org/x.png",
    "x.png",
    "data:text/html,<svg>",
    "data:image/png,AAAA",
    "data:image/x-icon;base64,AAAA",
    "data:image/png;base64,<b>",
    "javascript:alert(1)",
    "blob:x",
    "",
  ])("refuses %s", (address) => {
    expect(embeddedSource(address)).toBeUndefined();
  });
});
