import { defineConfig } from "vite";

/** The build of the web app. Its files name each other relatively, as it may be served below any path. */
export default defineConfig({
  base: "./",
  resolve: { conditions: ["@notemill/source", "browser", "import", "default"] },
  build: {
    outDir: "dist/app",
    target: "es2022",
    modulePreload: { polyfill: false },
    // Pictures and fonts are files of their own, which the page's policy allows.
    assetsInlineLimit: 0,
    // Plotly, which only its own frame loads.
    chunkSizeWarningLimit: 5200,
    reportCompressedSize: false,
    rolldownOptions: {
      // The app, and the programs that show outputs in frames of their own.
      input: ["index.html", "frames/html.html", "frames/plotly.html", "frames/vega.html"],
      // Settings come before what they are for, also where both are in chunks of their own.
      output: { strictExecutionOrder: true },
      onLog(level, log, tell) {
        // A directive for servers that render React, of which there are none here.
        if (log.code !== "MODULE_LEVEL_DIRECTIVE") tell(level, log);
      },
    },
  },
});
