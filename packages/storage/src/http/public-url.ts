const SECRET_NAME =
  /^(?:sig|signature|token|key|password|secret|credential|x-amz-.*|.*[-_](?:token|key|secret))$/i;

/** A URL as it may be shown and logged: the password and query values that look like secrets are `***`. */
export function publicUrl(url: URL): string {
  const shown = new URL(url);
  if (shown.password !== "") shown.password = "***";
  for (const name of new Set(shown.searchParams.keys())) {
    if (SECRET_NAME.test(name)) shown.searchParams.set(name, "***");
  }
  return shown.href;
}
