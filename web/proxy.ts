import { createHash, randomBytes } from 'node:crypto'
import { type NextRequest, NextResponse } from 'next/server'
import { firstPaint } from './lib/first-paint'

/** It is the same in every page, also in one that is kept: a nonce would be that of another answer. */
const firstPaintHash = createHash('sha256').update(firstPaint).digest('base64')

/**
 * Gives each page a policy under which only its own scripts run: Next reads the nonce from the request header and
 * writes it into every script of the page. The development server needs eval for hot reload.
 */
export function proxy(request: NextRequest): NextResponse {
  const nonce = randomBytes(16).toString('base64')
  const contentSecurityPolicy = [
    "default-src 'self'",
    `script-src 'self' 'nonce-${nonce}' 'sha256-${firstPaintHash}'${process.env.NODE_ENV === 'development' ? " 'unsafe-eval'" : ''}`,
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data: blob:",
    "object-src 'none'",
    "base-uri 'self'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ].join('; ')
  const headers = new Headers(request.headers)
  headers.set('content-security-policy', contentSecurityPolicy)
  const response = NextResponse.next({ request: { headers } })
  response.headers.set('content-security-policy', contentSecurityPolicy)
  return response
}

/** Pages only: files contain no scripts. */
export const config = {
  matcher:
    '/((?!_next/static|_next/image|health/|icons/|icon.svg|apple-icon.png|manifest.webmanifest|service-worker.js).*)',
}
