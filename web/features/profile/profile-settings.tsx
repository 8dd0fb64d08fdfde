'use client'

import { limits } from '@parley/kernel/limits'
import { useState } from 'react'
import { Avatar } from '../../components/avatar'
import { Button } from '../../components/button'
import { SwitchRow } from '../../components/switch-row'
import { TextField } from '../../components/text-field'
import { announce } from '../../lib/announce'
import { usePresence, useStatus } from '../../lib/presence/use-presence'
import { useViewer } from '../../lib/session/use-session'
import { StatusDialog } from './status-dialog'
import { useDisplayName } from './use-display-name'
import { useSetHidden } from './use-privacy'
import { useReceiptPrivacy } from './use-receipt-privacy'

/** Who the viewer is for others, and what those see of them. */
export function ProfileSettings() {
  const viewer = useViewer()
  return (
    <div className="space-y-8">
      <div className="flex items-center gap-4">
        <Avatar id={viewer.id} name={viewer.displayName} size="lg" />
        <div className="min-w-0">
          <p className="truncate text-lg font-semibold">{viewer.displayName}</p>
          <p className="truncate text-sm text-soft">@{viewer.username}</p>
        </div>
      </div>
      <DisplayName />
      <Status />
      <Privacy />
    </div>
  )
}

function DisplayName() {
  const { name, setName, problem, save, isSaving, isChanged } = useDisplayName(() => announce('Your name is saved.'))
  return (
    <form
      className="flex items-start gap-2"
      onSubmit={(event) => {
        event.preventDefault()
        if (isChanged) void save()
      }}
    >
      <TextField
        label="Display name"
        className="min-w-0 flex-1"
        hint="What others see beside your messages"
        error={problem}
        value={name}
        onChange={(event) => setName(event.target.value)}
        maxLength={limits.displayNameLength}
        autoComplete="name"
        required
      />
      <Button type="submit" isBusy={isSaving || !isChanged} disabled={name.trim() === ''} className="mt-6.5 h-11">
        Save
      </Button>
    </form>
  )
}

function Status() {
  const viewer = useViewer()
  const status = useStatus(viewer.id)
  const [isEditing, setEditing] = useState(false)
  return (
    <div className="flex items-center gap-4">
      <div className="min-w-0 flex-1">
        <h2 className="text-sm font-medium text-soft">Status</h2>
        <p className="text-md wrap-anywhere">
          {status === null ? 'None' : [status.emoji, status.text].filter(Boolean).join(' ')}
        </p>
      </div>
      <Button look="quiet" onClick={() => setEditing(true)}>
        {status === null ? 'Set a status' : 'Change status'}
      </Button>
      {isEditing && <StatusDialog status={status} onClose={() => setEditing(false)} />}
    </div>
  )
}

function Privacy() {
  const viewer = useViewer()
  const isHidden = usePresence(viewer.id)?.isHidden ?? null
  const setHidden = useSetHidden()
  const [hidesReceipts, setReceiptsHidden] = useReceiptPrivacy(true)
  return (
    <div>
      <h2 className="mb-1 text-sm font-medium text-soft">Privacy</h2>
      <SwitchRow
        label="Show when I am online"
        hint="And when you were last here. If you hide it, you do not see it of others either"
        isOn={isHidden === false}
        disabled={isHidden === null}
        onChange={(isShown) => void setHidden(!isShown)}
      />
      <SwitchRow
        label="Show what I have read"
        hint="As “Seen” at the messages of others. If you hide it, you do not see it of others either"
        isOn={hidesReceipts === false}
        disabled={hidesReceipts === null}
        onChange={(isShown) => void setReceiptsHidden(!isShown)}
      />
    </div>
  )
}
