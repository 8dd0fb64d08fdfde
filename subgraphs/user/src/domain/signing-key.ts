/** When a key may sign and until when others verify by it. */
export interface KeyPeriod {
  readonly notBefore: Date
  readonly retiredAt: Date | null
}

export const isPublished = (key: KeyPeriod, at: Date): boolean => key.retiredAt === null || key.retiredAt > at

/** The newest key whose time has come. A key is published before it signs, so that verifiers know it by then. */
export function signingKey<Key extends KeyPeriod>(keys: readonly Key[], at: Date): Key | null {
  const eligible = keys.filter((key) => key.notBefore <= at && isPublished(key, at))
  return eligible.reduce<Key | null>(
    (newest, key) => (newest === null || key.notBefore > newest.notBefore ? key : newest),
    null,
  )
}
