'use client'

import { ChoiceGroup, type ChoiceOption } from '../../components/choice-group'
import { textSizeChoice, themeChoice } from '../../lib/appearance'
import type { TextSize, Theme } from '../../lib/first-paint'
import { useStore } from '../../lib/use-store'

const themes: readonly ChoiceOption<Theme>[] = [
  { value: 'system', label: 'As the system', hint: 'Light or dark, as your device is' },
  { value: 'light', label: 'Light' },
  { value: 'dark', label: 'Dark' },
]

const sizes: readonly ChoiceOption<TextSize>[] = [
  { value: 'standard', label: 'Standard' },
  { value: 'large', label: 'Large' },
  { value: 'larger', label: 'Larger' },
]

/** How Parley looks, on this device. */
export function AppearanceSettings() {
  const theme = useStore<Theme>(themeChoice)
  const size = useStore<TextSize>(textSizeChoice)
  return (
    <div className="space-y-8">
      <ChoiceGroup legend="Theme" options={themes} value={theme} onChange={(next) => themeChoice.set(next)} />
      <ChoiceGroup legend="Text size" options={sizes} value={size} onChange={(next) => textSizeChoice.set(next)} />
      <p className="text-sm text-faint">These are kept on this device.</p>
    </div>
  )
}
