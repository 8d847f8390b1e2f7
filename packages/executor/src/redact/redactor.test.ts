import { describe, expect, it } from "vitest";
import { JsonNumber, RawJson } from "@notemill/json";
import type { KernelMessage } from "@notemill/messaging";
import { createMessageFilter } from "./message-filter.ts";
import { createRedactor } from "./redactor.ts";

const SECRET = `p'a"s\\s w/ö+<&> 1`;
const redactor = createRedactor([
  { name: "db", text: SECRET },
  { name: "pin", text: "90210777" },
  { name: "key", text: "-----BEGIN-----\nMIIEvQIBADANBgkq\nabcdefghijklmnop\n-----END-----\n" },
]);

describe("redactor", () => {
  it.each([
    ["as it is", `>${SECRET}<`],
    ["as JSON", JSON.stringify({ a: SECRET })],
    ["as JSON in JSON", JSON.stringify(JSON.stringify([SECRET]))],
    ["as ASCII JSON of Python", String.raw`"p'a\"s\\s w/\u00f6+<&> 1"`],
    ["as Python's repr", String.raw`'p\'a"s\\s w/ö+<&> 1'`],
    ["in a URL", `https://u:${encodeURIComponent(SECRET)}@h`],
    ["in a form", `p=${encodeURIComponent(SECRET).replaceAll("%20", "+").replaceAll("'", "%27")}&x=1`],
    ["in HTML", `<b>p'a"s\\s w/ö+&lt;&amp;&gt; 1</b>`],
    ["in an attribute", `p&#x27;a&quot;s\\s w/ö+&lt;&amp;&gt; 1`],
    ["in base64", Buffer.from(SECRET).toString("base64")],
    ["in base64 behind a user", Buffer.from(`user:${SECRET}`).toString("base64")],
    ["in base64 between others", Buffer.from(`ab${SECRET}cdefg`).toString("base64url")],
    ["in hexadecimal", Buffer.from(SECRET).toString("hex")],
    ["one of several lines", "> MIIEvQIBADANBgkq <"],
  ])("finds a secret %s", (_how, text) => {
    expect(redactor.text(text)).toMatch(/\[secret (db|key)\]/);
    expect(redactor.text(text)).not.toMatch(/s w\/|MIIE/);
  });

  it("leaves everything else alone", () => {
    for (const text of ["", "p'a", "nothing to see", "90210", "-----BEGIN"])
      expect(redactor.text(text)).toBe(text);
    expect(createRedactor([]).text(SECRET)).toBe(SECRET);
  });

  it("goes through values, and keeps JSON what it is", () => {
    const given = {
      [SECRET]: [1, new JsonNumber("90210777"), new JsonNumber("1.0")],
      raw: new RawJson(`{"n": 90210777, "t": ${JSON.stringify(SECRET)}, "f": 1.0}`),
      other: new RawJson("[1.0, NaN]"),
    };
    expect(redactor.value(given)).toEqual({
      "[secret db]": [1, "[secret pin]", new JsonNumber("1.0")],
      raw: new RawJson('{"n":"[secret pin]","t":"[secret db]","f":1.0}'),
      other: given.other,
    });
  });

  it("finds a secret in bytes that come in pieces", () => {
    const find = redactor.finder();
    expect(find(Buffer.from("xx 9021"))).toBe(false);
    expect(find(Buffer.from("0"))).toBe(false);
    expect(find(Buffer.from("777 yy"))).toBe(true);
  });
});

describe("message filter", () => {
  const print = (text: string, name = "stdout", msgId = "m1"): KernelMessage =>
    ({
      type: "stream",
      parent_header: { msg_id: msgId },
      content: { name, text },
    }) as unknown as KernelMessage;
  const shown = (messages: readonly KernelMessage[]): string =>
    messages
      .map((it) => (it.type === "stream" ? `${it.content.name}:${it.content.text}` : it.type))
      .join("|");

  it("finds a secret that is printed in any pieces, beside other streams and cells", () => {
    for (let cut = 1; cut < SECRET.length; cut += 1) {
      const filter = createMessageFilter(redactor);
      const seen = [
        ...filter.apply(print(`a ${SECRET.slice(0, cut)}`)),
        ...filter.apply(print("noise p", "stderr")),
        ...filter.apply(print("p'", "stdout", "m2")),
        ...filter.apply(print(`${SECRET.slice(cut)} z`)),
        ...filter.flush("m1"),
      ];
      expect(
        seen
          .map((it) => (it.type === "stream" && it.content.name === "stdout" ? it.content.text : ""))
          .join(""),
      ).toBe("a [secret db] z");
      expect(shown(filter.flush())).toBe("stdout:p'");
    }
  });

  it("finds a long secret that comes in many pieces", () => {
    const long = Array.from({ length: 10_000 }, (_, at) => String.fromCharCode(97 + ((at * 7) % 26))).join(
      "",
    );
    const filter = createMessageFilter(createRedactor([{ name: "long", text: `${long}!` }]));
    const seen = [];
    for (let at = 0; at < long.length; at += 1000)
      seen.push(...filter.apply(print(long.slice(at, at + 1000))));
    seen.push(...filter.apply(print("!\n")), ...filter.flush());
    expect(shown(seen)).toBe("stdout:[secret long]\n");
  });

  it("keeps nothing back for ever", () => {
    const filter = createMessageFilter(redactor);
    expect(shown(filter.apply(print("p'a")))).toBe("");
    expect(shown(filter.flush("m1"))).toBe("stdout:p'a");
    expect(shown(filter.flush("m1"))).toBe("");
  });
});
