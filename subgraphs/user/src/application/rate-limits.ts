/** Each throws RATE_LIMITED with the time to wait. When the counters cannot be reached everybody is admitted. */
export abstract class RateLimits {
  abstract admitLogIn(username: string, address: string): Promise<void>
  abstract admitRegistration(address: string): Promise<void>
}
