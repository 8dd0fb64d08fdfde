import type { Metadata, Viewport } from 'next'
import localFont from 'next/font/local'
import { connection } from 'next/server'
import type { ReactNode } from 'react'
import { firstPaint, frameColours } from '../lib/first-paint'
import './globals.css'

// The fonts come from npm packages, so neither the build nor the browser loads them from another server.
const text = localFont({
  src: '../node_modules/@fontsource-variable/inter/files/inter-latin-wght-normal.woff2',
  weight: '100 900',
  variable: '--font-text',
  display: 'swap',
})
const title = localFont({
  src: '../node_modules/@fontsource-variable/newsreader/files/newsreader-latin-wght-normal.woff2',
  weight: '200 800',
  variable: '--font-title',
  display: 'swap',
  adjustFontFallback: 'Times New Roman',
})

export const metadata: Metadata = { description: 'Conversations that arrive at once, on your own server.' }

export const viewport: Viewport = {
  width: 'device-width',
  initialScale: 1,
  viewportFit: 'cover',
  interactiveWidget: 'resizes-content',
  themeColor: [
    { media: '(prefers-color-scheme: light)', color: frameColours.light },
    { media: '(prefers-color-scheme: dark)', color: frameColours.dark },
  ],
}

export default async function RootLayout({ children }: { readonly children: ReactNode }) {
  // Rendered for each request: a static page cannot contain the nonce of proxy.ts.
  await connection()
  return (
    // The script changes its element before React looks at it.
    <html lang="en" className={`${text.variable} ${title.variable}`} suppressHydrationWarning>
      <head>
        <script dangerouslySetInnerHTML={{ __html: firstPaint }} />
      </head>
      <body>{children}</body>
    </html>
  )
}
