/**
 * Takes away what a policy does not forbid in every browser: connections between browsers (WebRTC),
 * which ask servers by UDP. A document within this one would have its own, so there is none.
 *
 * What runs in here later can put its own functions in place of the browser's, so those that are needed then are kept now.
 */
export function forbidConnections(): void {
  for (const name of ["RTCPeerConnection", "webkitRTCPeerConnection", "mozRTCPeerConnection", "WebTransport"])
    takeAway(globalThis, name);
  // What is in a shadow is not seen from outside.
  const hidden: readonly (readonly [object, readonly string[]])[] = [
    [Element.prototype, ["attachShadow", "setHTMLUnsafe"]],
    [ShadowRoot.prototype, ["setHTMLUnsafe"]],
    [Document, ["parseHTMLUnsafe"]],
    [Document.prototype, ["open", "write", "writeln"]],
  ];
  for (const [object, names] of hidden) for (const name of names) takeAway(object, name);
  const { apply } = Reflect;
  const { remove } = Element.prototype;
  const next = document.querySelector.bind(document, "iframe,frame,frameset,object,embed,fencedframe,portal");
  // Told of before the element has begun to load anything.
  new MutationObserver(() => {
    for (let element = next(); element !== null; element = next()) apply(remove, element, []);
  }).observe(document, { childList: true, subtree: true });
}

function takeAway(object: object, name: string): void {
  const nothing = { value: undefined, writable: false };
  // Firefox has no property of a window for good.
  if (!Reflect.defineProperty(object, name, { ...nothing, configurable: false }))
    Object.defineProperty(object, name, nothing);
}
