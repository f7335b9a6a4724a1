// A port whose code is loaded when one of its functions is first called: what a ring does not need must not be read and
// compiled before it. Must never be used for what every ring needs: it would be loaded while somebody waits.

type Functions = Record<string, (...args: never[]) => Promise<unknown>>;

/** `names`: every function of the port, so that one that is added is not forgotten here. */
export function later<Port extends { readonly [Name in keyof Port]: Functions[string] }>(
  names: Readonly<Record<keyof Port & string, true>>,
  load: () => Promise<Port>,
): Port {
  let made: Promise<Port> | null = null;
  const port = () => {
    made ??= load().catch(error => {
      made = null;
      throw error;
    });
    return made;
  };
  const functions = Object.keys(names).map(name => [
    name,
    async (...args: never[]) => (await port())[name as keyof Port](...args),
  ]);
  return Object.fromEntries(functions) as Port;
}
