/** Liveness: the process serves requests. Other services have their own checks. */
export function GET(): Response {
  return Response.json({ status: 'ok' })
}

export const dynamic = 'force-dynamic'
