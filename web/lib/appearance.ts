'use client'

import { DeviceChoice } from './device-choice'
import { frameColours, type TextSize, textSizeKey, textSizes, type Theme, themeKey, themes } from './first-paint'

export const themeChoice = new DeviceChoice<Theme>(themeKey, themes)
export const textSizeChoice = new DeviceChoice<TextSize>(textSizeKey, textSizes)

/** `first-paint.ts` has shown what was chosen before; this shows what is chosen from now on, here or in another tab. */
if (typeof document !== 'undefined') {
  themeChoice.subscribe(() => showTheme(themeChoice.get()))
  textSizeChoice.subscribe(() => showTextSize(textSizeChoice.get()))
}

function showTheme(theme: Theme): void {
  document.head.querySelector('meta[name=theme-color]:not([media])')?.remove()
  if (theme === 'system') {
    delete document.documentElement.dataset['theme']
    return
  }
  document.documentElement.dataset['theme'] = theme
  // The first one that applies counts.
  const meta = document.createElement('meta')
  meta.name = 'theme-color'
  meta.content = frameColours[theme]
  document.head.prepend(meta)
}

function showTextSize(size: TextSize): void {
  if (size === 'standard') delete document.documentElement.dataset['textSize']
  else document.documentElement.dataset['textSize'] = size
}
