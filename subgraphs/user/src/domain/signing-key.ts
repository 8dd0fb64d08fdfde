/** From when a key signs, and until when it is published for verification. */
export interface KeyPeriod {
  readonly notBefore: Date
  readonly retiredAt: Date | null
}

export const isPublished = (key: KeyPeriod, at: Date): boolean => key.retiredAt === null || key.retiredAt > at

/** The newest active key. A key is published before it signs, so that all verifiers have it by then. */
export function signingKey<Key extends KeyPeriod>(keys: readonly Key[], at: Date): Key | null {
  const eligible = keys.filter((key) => key.notBefore <= at && isPublished(key, at))
  return eligible.reduce<Key | null>(
    (newest, key) => (newest === null || key.notBefore > newest.notBefore ? key : newest),
    null,
  )
}
