'use client'

import { NotificationSettings } from '../../features/notifications/notification-settings'
import { ProfileSettings } from '../../features/profile/profile-settings'
import { AppearanceSettings } from '../../features/settings/appearance-settings'
import { SettingsPane } from '../../features/settings/settings-pane'
import type { SettingsSection } from '../../lib/place'

export function Settings({ section }: { readonly section: SettingsSection | null }) {
  return <SettingsPane section={section}>{(shown) => <Section section={shown} />}</SettingsPane>
}

function Section({ section }: { readonly section: SettingsSection }) {
  switch (section) {
    case 'profile':
      return <ProfileSettings />
    case 'appearance':
      return <AppearanceSettings />
    case 'notifications':
      return <NotificationSettings />
  }
}
