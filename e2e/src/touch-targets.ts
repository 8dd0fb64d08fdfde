import type { Page } from 'playwright-core'

/** What a finger has to hit and is smaller than 44 px in one direction, by its name. Links in the middle of a text are as large as it. */
export const smallTargets = (page: Page): Promise<readonly string[]> =>
  page.evaluate(() => {
    const least = 43.5
    const isInText = (element: Element) => element.closest('p, [role=log] article [dir=auto]') !== null
    const targets = [
      ...document.querySelectorAll<HTMLElement>('a[href], button, input, select, textarea, [role=option]'),
    ]
    return targets
      .filter((element) => element.checkVisibility({ visibilityProperty: true }) && !isInText(element))
      .flatMap((element) => {
        // Whoever touches the label touches the field, and a button may be larger than what is seen of it.
        const { left, top, ...seen } = (element.closest('label') ?? element).getBoundingClientRect()
        const beyond = getComputedStyle(element, '::after')
        const isLarger = beyond.position === 'absolute' && beyond.content !== 'none'
        const width = Math.max(seen.width, isLarger ? parseFloat(beyond.width) : 0)
        const height = Math.max(seen.height, isLarger ? parseFloat(beyond.height) : 0)
        const isThere =
          width > 1 && height > 1 && left < innerWidth && top < innerHeight && left + width > 0 && top + height > 0
        if (!isThere || Math.min(width, height) >= least) return []
        const name = element.getAttribute('aria-label') ?? element.textContent
        return [`${name.trim().slice(0, 40)}: ${Math.round(width)} × ${Math.round(height)}`]
      })
  })
