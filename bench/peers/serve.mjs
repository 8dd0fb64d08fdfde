/** Serves the calls of the bench over Node's channel between processes; the same as src/processes/child.ts. */
export function serve(handlers, ready = null) {
  process.on('message', async ({ id, name, args }) => {
    try {
      process.send({ id, result: await handlers[name](args) })
    } catch (error) {
      process.send({ id, error: String(error?.stack ?? error) })
    }
  })
  process.on('disconnect', () => process.exit(0))
  process.send({ id: 0, result: ready })
}
