'use client'

import { limits } from '@parley/kernel/limits'
import { Button } from '../../components/button'
import { Dialog } from '../../components/dialog'
import { TextField } from '../../components/text-field'
import { useDisplayName } from './use-display-name'

export function DisplayNameDialog({ onClose }: { readonly onClose: () => void }) {
  const { name, setName, problem, save, isSaving } = useDisplayName(onClose)
  return (
    <Dialog title="Your profile" onClose={onClose}>
      <form
        onSubmit={(event) => {
          event.preventDefault()
          void save()
        }}
        className="space-y-5 px-5 pt-1 pb-5"
      >
        <TextField
          label="Display name"
          hint="What others see beside your messages"
          error={problem}
          value={name}
          onChange={(event) => setName(event.target.value)}
          maxLength={limits.displayNameLength}
          required
        />
        <div className="flex justify-end gap-2">
          <Button look="quiet" onClick={onClose}>
            Cancel
          </Button>
          <Button type="submit" isBusy={isSaving} disabled={name.trim() === ''}>
            Save
          </Button>
        </div>
      </form>
    </Dialog>
  )
}
