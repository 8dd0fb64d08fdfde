import { join } from 'node:path'
import type { NextConfig } from 'next'

const workspace = join(__dirname, '..')

/** Everything comes from here. Next puts the page's data into inline scripts, and the development server evaluates. */
const contentSecurityPolicy = [
  "default-src 'self'",
  `script-src 'self' 'unsafe-inline'${process.env.NODE_ENV === 'development' ? " 'unsafe-eval'" : ''}`,
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data: blob:",
  "object-src 'none'",
  "base-uri 'self'",
  "form-action 'self'",
  "frame-ancestors 'none'",
].join('; ')

const config: NextConfig = {
  output: 'standalone',
  // Both name the workspace, so that the standalone folder has one known shape: .next/standalone/web/server.js.
  outputFileTracingRoot: workspace,
  turbopack: { root: workspace },
  poweredByHeader: false,
  reactStrictMode: true,
  // The gateway is the front door and compresses what needs it.
  compress: false,
  devIndicators: false,
  headers: () =>
    Promise.resolve([
      { source: '/:path*', headers: [{ key: 'Content-Security-Policy', value: contentSecurityPolicy }] },
    ]),
}

export default config
