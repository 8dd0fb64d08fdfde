/** Draws the icons of the installed web client from web/app/icon.svg. Run it when that has changed; they are checked in. */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { launchBrowser } from '@parley/e2e/browsers'
import { root } from '@parley/launcher/workspace'

/** The paper of the light theme: systems that cut icons into a shape want no transparent corners. */
const paper = '#fdfcfa'

/** `mark`: the part of the width that the mark takes. What is cut to a circle shows the inner 80 % for certain. */
const icons = [
  { path: 'web/public/icons/icon-192.png', size: 192, mark: 0.92, ground: 'transparent' },
  { path: 'web/public/icons/icon-512.png', size: 512, mark: 0.92, ground: 'transparent' },
  { path: 'web/public/icons/maskable-512.png', size: 512, mark: 0.56, ground: paper },
  { path: 'web/app/apple-icon.png', size: 180, mark: 0.68, ground: paper },
]

const svg = readFileSync(join(root, 'web/app/icon.svg'), 'utf8')
const browser = await launchBrowser()
try {
  mkdirSync(join(root, 'web/public/icons'), { recursive: true })
  for (const { path, size, mark, ground } of icons) {
    const page = await browser.newPage({ viewport: { width: size, height: size } })
    const middle = `display:grid;place-items:center;height:100vh;margin:0;background:${ground}`
    const image = `<img width="${Math.round(size * mark)}" src="data:image/svg+xml,${encodeURIComponent(svg)}">`
    await page.setContent(`<body style="${middle}">${image}</body>`, { waitUntil: 'load' })
    writeFileSync(join(root, path), await page.screenshot({ omitBackground: true }))
    await page.close()
  }
} finally {
  await browser.close()
}
