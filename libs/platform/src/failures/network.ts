import { codeOf, type DriverOutage, oneOf } from './outage'

const byCode = oneOf<string | number | undefined>(
  ['ECONNREFUSED', 'EHOSTUNREACH', 'ENETUNREACH', 'ENOTFOUND', 'EAI_AGAIN', 'EADDRNOTAVAIL'],
  ['ECONNRESET', 'ECONNABORTED', 'EPIPE', 'ETIMEDOUT'],
)

/** Node's own socket errors: every driver passes some of them on. */
export const networkOutage: DriverOutage = (error) => {
  const outage = byCode(codeOf(error))
  const isConnecting = 'syscall' in error && error.syscall === 'connect'
  return outage !== null && isConnecting ? 'refused' : outage
}
