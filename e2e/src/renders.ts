import type { BrowserContext, Page } from 'playwright-core'

/** A unit of React's tree, with what its developer tools read of it. */
interface Fiber {
  readonly tag: number
  readonly flags: number
  readonly alternate: Fiber | null
  readonly child: Fiber | null
  readonly sibling: Fiber | null
}

/** Counts in all pages that this browser opens from now on. */
export const countRenders = (context: BrowserContext): Promise<unknown> => context.addInitScript(installHook)

/** How many components have rendered in the page so far, those that were new among them. It bears a busy machine. */
export const rendersOf = (page: Page): Promise<number> =>
  page.evaluate(() => (window as unknown as { renders: number }).renders)

/** React tells its developer tools of every commit, in production as well. */
function installHook(): void {
  const components = new Set([0, 1, 11, 14, 15])
  const performedWork = 1
  const told = window as unknown as { renders: number }
  told.renders = 0
  const visit = (fiber: Fiber, before: Fiber | null) => {
    const isNew = before === null
    if (components.has(fiber.tag) && (isNew || (fiber !== before && (fiber.flags & performedWork) !== 0)))
      told.renders += 1
    // The same child: nothing below has been looked at.
    if (!isNew && fiber.child === before.child) return
    for (let child = fiber.child; child !== null; child = child.sibling) visit(child, isNew ? null : child.alternate)
  }
  const hook = {
    supportsFiber: true,
    isDisabled: false,
    checkDCE: () => undefined,
    inject: () => 1,
    onCommitFiberUnmount: () => undefined,
    onPostCommitFiberRoot: () => undefined,
    onCommitFiberRoot: (_id: number, { current }: { readonly current: Fiber }) => visit(current, current.alternate),
  }
  Object.defineProperty(window, '__REACT_DEVTOOLS_GLOBAL_HOOK__', { value: hook })
}
