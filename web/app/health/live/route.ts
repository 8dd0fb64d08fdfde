/** The process serves requests; what lies behind it is the others' to tell. */
export function GET(): Response {
  return Response.json({ status: 'ok' })
}

export const dynamic = 'force-dynamic'
