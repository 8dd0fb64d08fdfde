/** The origin of a login attempt. */
export interface TryOrigin {
  readonly address: string
  /** The device's name if this browser has signed in to the account before, else null. */
  readonly device: string | null
}

/** Each throws RATE_LIMITED with the time to wait. */
export abstract class RateLimits {
  /** Attempts from a known device are counted separately: other people cannot use them up. */
  abstract admitLogIn(username: string, origin: TryOrigin): Promise<void>
  abstract admitRegistration(address: string): Promise<void>
}
