/** `node_modules/postgres/…` and pnpm's `node_modules/.pnpm/postgres@3.4.9/node_modules/postgres/…`. */
const inDriver = /node_modules[\\/](?:postgres|drizzle-orm|mongodb|mongoose|ioredis|kafkajs)[\\/]/
/**
 * The message for reading a field of a connection that is gone. A wrong argument of ours would read `undefined`
 * instead.
 */
const ofNothing = /(?:of|from) null\b|null is not an object/

/** A driver that fails on its own lost connection: a TypeError about null, thrown by the driver's code. */
export function isDriverBug(error: Error): boolean {
  if (error.name !== 'TypeError' || !ofNothing.test(error.message)) return false
  const thrownAt = error.stack?.split('\n').find((line) => line.trimStart().startsWith('at '))
  return thrownAt !== undefined && inDriver.test(thrownAt)
}
