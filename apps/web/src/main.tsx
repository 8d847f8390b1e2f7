/**
 * The web app. The address says which page is shown; every page reads what it shows from the
 * server's API as the person that the browser's cookie stands for.
 */
import "./server/schema-settings.ts";
import "@fontsource-variable/source-sans-3";
import "@fontsource-variable/source-code-pro";
import "./styles/base.css";
import "./styles/controls.css";
import "./styles/shell.css";
import "./styles/sheets.css";
import { QueryClientProvider } from "@tanstack/react-query";
import { createRoot } from "react-dom/client";
import { createQueryClient } from "./server/query-client.ts";
import { App } from "./shell/app.tsx";
import { applyTheme, storedTheme } from "./shell/theme.ts";

applyTheme(storedTheme());
const place = document.querySelector("#app");
if (place !== null) {
  createRoot(place).render(
    <QueryClientProvider client={createQueryClient()}>
      <App />
    </QueryClientProvider>,
  );
}
