/**
 * Takes away what a policy does not forbid in every browser: connections between browsers (WebRTC),
 * which ask servers by UDP. A document within this one would have its own, so there is none.
 */
export function forbidConnections(): void {
  for (const name of ["RTCPeerConnection", "webkitRTCPeerConnection", "mozRTCPeerConnection", "WebTransport"])
    Object.defineProperty(globalThis, name, { value: undefined });
  // What is in a shadow is not seen from outside.
  const hidden: readonly (readonly [object, readonly string[]])[] = [
    [Element.prototype, ["attachShadow", "setHTMLUnsafe"]],
    [ShadowRoot.prototype, ["setHTMLUnsafe"]],
    [Document, ["parseHTMLUnsafe"]],
    [Document.prototype, ["open", "write", "writeln"]],
  ];
  for (const [object, names] of hidden)
    for (const name of names) Object.defineProperty(object, name, { value: undefined });
  const remove = (): void => {
    for (const element of document.querySelectorAll("iframe,frame,frameset,object,embed,fencedframe,portal"))
      element.remove();
  };
  // Told of before the element has begun to load anything.
  new MutationObserver(remove).observe(document, { childList: true, subtree: true });
}
