import { createHash } from 'node:crypto'
import type { FastifyReply, RawServerBase, RouteGenericInterface } from 'fastify'

const style =
  'body { font: 1rem/1.5 system-ui, sans-serif; display: grid; place-content: center; min-height: 100vh; margin: 0; text-align: center; color-scheme: light dark }'

const page = `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="refresh" content="3">
<title>One moment</title>
<style>${style}</style>
<main>
  <h1>One moment</h1>
  <p>The app is starting or being updated. This page tries again by itself.</p>
</main>
</html>
`

const contentSecurityPolicy = [
  "default-src 'none'",
  `style-src 'sha256-${createHash('sha256').update(style).digest('base64')}'`,
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ')

/** Sent instead of a page of the web client while that is down. */
export function sendAwayPage(reply: FastifyReply<RouteGenericInterface, RawServerBase>): void {
  void reply
    .code(reply.request.method === 'GET' ? 503 : 502)
    .header('retry-after', '3')
    .header('cache-control', 'no-store')
    .header('content-security-policy', contentSecurityPolicy)
    .type('text/html; charset=utf-8')
    .send(page)
}
