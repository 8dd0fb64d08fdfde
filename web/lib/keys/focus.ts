/** The parts of the page between which F6 goes, in this order: an element is one by its attribute `data-region`. */
const regions = ['list', 'main', 'composer', 'pane'] as const
export type Region = (typeof regions)[number]

/** What of a region gets the focus: the first of these that it has. */
const targets = ['[aria-current="page"]', 'textarea:not(article *)', '[role="log"]', 'a[href]', 'button']

const isSeen = (element: Element): boolean => element.checkVisibility({ visibilityProperty: true })

function targetIn(region: Region): HTMLElement | null {
  for (const selector of targets) {
    const found = [...document.querySelectorAll<HTMLElement>(`[data-region="${region}"] :is(${selector})`)]
    const target = found.find((element) => regionOf(element) === region && isSeen(element))
    if (target !== undefined) return target
  }
  return null
}

const regionOf = (element: Element | null): Region | null => {
  const name = element?.closest('[data-region]')?.getAttribute('data-region')
  return regions.find((region) => region === name) ?? null
}

/** Moves the focus to the next region, or the one before, that is seen. */
export function focusRegion(step: 1 | -1): void {
  const from = regionOf(document.activeElement)
  const at = from === null ? (step === 1 ? -1 : regions.length) : regions.indexOf(from)
  for (let count = 1; count <= regions.length; count += 1) {
    const index = (at + step * count + regions.length * count) % regions.length
    const region = regions[index]
    const target = region === undefined ? null : targetIn(region)
    if (target === null) continue
    target.focus()
    return
  }
}

/** The field in which one writes to what one looks at; null when there is none. */
export function fieldToWrite(from: Element): HTMLTextAreaElement | null {
  const order: readonly Region[] = regionOf(from) === 'pane' ? ['pane', 'composer'] : ['composer', 'pane']
  for (const region of order) {
    // In a message one only edits it.
    const field = document.querySelector<HTMLTextAreaElement>(`[data-region="${region}"] textarea:not(article *)`)
    if (field !== null && isSeen(field)) return field
  }
  return null
}

const inputsWithoutText = ['button', 'checkbox', 'radio', 'range', 'reset', 'submit']

/** Whether one writes there. */
export const isField = (element: Element): boolean =>
  (element instanceof HTMLElement && element.isContentEditable) ||
  element instanceof HTMLTextAreaElement ||
  element instanceof HTMLSelectElement ||
  (element instanceof HTMLInputElement && !inputsWithoutText.includes(element.type))

/** Whether letters have a meaning there: of a message, or in a menu. */
export const hasLetters = (element: Element): boolean =>
  element.closest('article, [role="menu"], [role="grid"], [role="radiogroup"]') !== null

/** Whether it is beside the list: nothing is written, and nothing is open that would close first. */
export function isAtRest(focus: Element): boolean {
  const field = fieldToWrite(focus)
  if (focus !== field && isField(focus)) return false
  return regionOf(focus) !== 'list' && field?.value === ''
}

/** A dialog has its own keys. */
export const isDialogOpen = (): boolean => document.querySelector('dialog[open]') !== null
