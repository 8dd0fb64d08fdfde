'use client'

import { Bell, ChevronRight, type LucideIcon, SunMoon, UserRound } from 'lucide-react'
import type { ReactNode } from 'react'
import { PaneHeader } from '../../components/pane-header'
import { PlaceLink } from '../../components/place-link'
import { cx } from '../../lib/cx'
import { type SettingsSection, settingsPath, settingsSections } from '../../lib/place'
import { useMedia } from '../../lib/use-media'

const names: Record<SettingsSection, { readonly title: string; readonly about: string; readonly Icon: LucideIcon }> = {
  profile: { title: 'Profile', about: 'Your name, status and privacy', Icon: UserRound },
  appearance: { title: 'Appearance', about: 'Theme and text size', Icon: SunMoon },
  notifications: { title: 'Notifications', about: 'What you are told of, and how', Icon: Bell },
}

interface Props {
  readonly section: SettingsSection | null
  readonly children: (section: SettingsSection) => ReactNode
}

/** The settings: on a wide screen the sections and one of them, on a phone a page for each. */
export function SettingsPane({ section, children }: Props) {
  const isWide = useMedia('(min-width: 48rem)')
  const shown = section ?? (isWide ? settingsSections[0] : null)
  const title = shown === null || isWide ? 'Settings' : names[shown].title
  const isPage = !isWide && section !== null
  return (
    <>
      <PaneHeader {...(isPage ? { back: { href: settingsPath(), label: 'Back to settings' } } : {})}>
        <h1 className="text-base font-semibold">{title}</h1>
      </PaneHeader>
      <div className="min-h-0 flex-1 overflow-y-auto overscroll-contain pb-[max(2rem,env(safe-area-inset-bottom))]">
        <div className="mx-auto w-full max-w-2xl px-4 md:px-6">
          {!isPage && <Sections shown={isWide ? shown : null} isWide={isWide} />}
          {shown !== null && (
            <section aria-label={names[shown].title} className="pt-6">
              {children(shown)}
            </section>
          )}
        </div>
      </div>
    </>
  )
}

function Sections({ shown, isWide }: { readonly shown: SettingsSection | null; readonly isWide: boolean }) {
  return (
    <nav aria-label="Settings" className={cx('pt-4', isWide && 'border-b border-line')}>
      <ul className={isWide ? 'flex gap-1' : 'space-y-1'}>
        {settingsSections.map((section) => (
          <li key={section}>
            {isWide ? <Tab section={section} isShown={section === shown} /> : <Row section={section} />}
          </li>
        ))}
      </ul>
    </nav>
  )
}

function Tab({ section, isShown }: { readonly section: SettingsSection; readonly isShown: boolean }) {
  return (
    <PlaceLink
      href={settingsPath(section)}
      aria-current={isShown ? 'page' : undefined}
      className={cx(
        '-mb-px flex h-11 items-center border-b-2 px-3 text-md transition-colors',
        isShown ? 'border-accent font-medium text-ink' : 'border-transparent text-soft hover:text-ink',
      )}
    >
      {names[section].title}
    </PlaceLink>
  )
}

function Row({ section }: { readonly section: SettingsSection }) {
  const { title, about, Icon } = names[section]
  return (
    <PlaceLink
      href={settingsPath(section)}
      className="flex h-16 items-center gap-4 rounded-xl px-3 -outline-offset-2! hover:bg-hover"
    >
      <Icon className="size-5 text-soft" aria-hidden="true" />
      <span className="min-w-0 flex-1">
        <span className="block text-md font-medium">{title}</span>
        <span className="block truncate text-sm text-soft">{about}</span>
      </span>
      <ChevronRight className="size-4.5 text-faint" aria-hidden="true" />
    </PlaceLink>
  )
}
