'use client'

import { Button } from '../../components/button'
import { ChoiceGroup, type ChoiceOption } from '../../components/choice-group'
import { SwitchRow } from '../../components/switch-row'
import { useStore } from '../../lib/use-store'
import { notifyChoice, soundChoice, textChoice } from './choices'
import type { NotifyChoice } from './model/ring'
import { askPermission, type Permission, permissionStore } from './permission'

const choices: readonly ChoiceOption<NotifyChoice>[] = [
  { value: 'all', label: 'All messages', hint: 'Of conversations that you have not muted' },
  { value: 'mentions', label: 'Mentions and direct messages', hint: 'What is for you by name, or for you alone' },
  { value: 'nothing', label: 'Nothing', hint: 'What is new is counted, and nothing rings' },
]

/** What this device tells of new messages while Parley is open. */
export function NotificationSettings() {
  const permission = useStore(permissionStore)
  const choice = useStore(notifyChoice)
  const sound = useStore(soundChoice)
  const text = useStore(textChoice)
  const isOff = permission !== 'granted'
  return (
    <div className="space-y-8">
      <PermissionLine permission={permission} />
      <ChoiceGroup
        legend="Notify me of"
        options={choices}
        value={choice}
        onChange={(next) => notifyChoice.set(next)}
        disabled={isOff}
      />
      <div>
        <SwitchRow
          label="Sound"
          hint="That of your device, once for many messages"
          isOn={sound === 'on'}
          disabled={isOff}
          onChange={(isOn) => soundChoice.set(isOn ? 'on' : 'off')}
        />
        <SwitchRow
          label="Show what messages say"
          hint="Otherwise only who wrote is shown"
          isOn={text === 'shown'}
          disabled={isOff}
          onChange={(isOn) => textChoice.set(isOn ? 'shown' : 'hidden')}
        />
      </div>
      <p className="text-sm text-faint">
        These are kept on this device. Notifications come while Parley is open in a tab, and not of the conversation
        that you look at.
      </p>
    </div>
  )
}

const sentences: Record<Exclude<Permission, 'default'>, string> = {
  granted: 'Notifications are on for this browser.',
  denied:
    'Your browser blocks the notifications of this site. Allow them in its settings of the site, then they can be used here.',
  unsupported:
    'This browser cannot show notifications of this site. They need https, and a browser that shows them for open tabs.',
}

function PermissionLine({ permission }: { readonly permission: Permission }) {
  return (
    <div className="flex flex-wrap items-center gap-x-4 gap-y-3 rounded-xl border border-line bg-rail px-4 py-3">
      <p role="status" className="min-w-48 flex-1 text-md">
        {permission === 'default' ? 'Your browser asks once whether Parley may notify you.' : sentences[permission]}
      </p>
      {permission === 'default' && <Button onClick={() => void askPermission()}>Turn on notifications</Button>}
    </div>
  )
}
