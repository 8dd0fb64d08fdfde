import { join } from 'node:path'
import type { NextConfig } from 'next'

const workspace = join(__dirname, '..')

const config: NextConfig = {
  output: 'standalone',
  // Both are the workspace root, so that the standalone folder has one fixed layout: .next/standalone/web/server.js.
  outputFileTracingRoot: workspace,
  turbopack: { root: workspace },
  poweredByHeader: false,
  reactStrictMode: true,
  // The gateway compresses responses.
  compress: false,
  devIndicators: false,
}

export default config
