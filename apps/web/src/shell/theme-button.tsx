import { type ReactNode, useState } from "react";
import { chooseTheme, storedTheme, type Theme } from "./theme.ts";

const NEXT: Readonly<Record<Theme, Theme>> = { auto: "light", light: "dark", dark: "auto" };
const NAMES: Readonly<Record<Theme, string>> = {
  auto: "as the system",
  light: "light",
  dark: "dark",
};

/** Goes through the themes. */
export function ThemeButton(): ReactNode {
  const [theme, setTheme] = useState(storedTheme);
  const choose = (): void => {
    chooseTheme(NEXT[theme]);
    setTheme(NEXT[theme]);
  };
  return (
    <button
      type="button"
      className="icon-button"
      onClick={choose}
      aria-label={`Theme: ${NAMES[theme]}`}
      title={`Theme: ${NAMES[theme]}`}
    >
      <svg viewBox="0 0 16 16" aria-hidden="true">
        <circle cx="8" cy="8" r="5.5" fill="none" stroke="currentColor" strokeWidth="1.4" />
        {theme === "auto" && <path d="M8 2.5a5.5 5.5 0 0 1 0 11z" fill="currentColor" />}
        {theme === "dark" && <circle cx="8" cy="8" r="5.5" fill="currentColor" />}
      </svg>
    </button>
  );
}
