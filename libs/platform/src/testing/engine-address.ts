/** The address of an engine that the test runner has started: `engineAddress('PARLEY_REDIS_NODES')`. */
export function engineAddress(name: string): string {
  const address = process.env[name]
  if (address === undefined)
    throw new Error(`${name} is not set: run this through npm test, or start the engines first`)
  return address
}
