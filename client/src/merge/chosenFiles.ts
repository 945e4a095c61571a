// The files that a menu means: it gives a command an address or a row of the list of changes, and all that are selected.

export function chosenFiles<Uri extends { toString(): string }>(
  given: readonly unknown[],
  isUri: (value: unknown) => value is Uri,
): Uri[] {
  const found = given.flat().flatMap((each) => {
    const uri = isUri(each) ? each : (each as { readonly resourceUri?: unknown } | null | undefined)?.resourceUri;
    return isUri(uri) ? [uri] : [];
  });
  return [...new Map(found.map((uri) => [uri.toString(), uri])).values()];
}
