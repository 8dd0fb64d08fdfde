import { join } from 'node:path'
import type { NextConfig } from 'next'

const workspace = join(__dirname, '..')

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
}

export default config
