/** A key that no other request has. Also where the page is not served over TLS. */
export function randomKey(): string {
  return [...crypto.getRandomValues(new Uint8Array(16))]
    .map((it) => it.toString(16).padStart(2, "0"))
    .join("");
}
