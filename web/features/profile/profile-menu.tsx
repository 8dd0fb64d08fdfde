'use client'

import {
  Check,
  CheckCheck,
  ChevronsUpDown,
  Eye,
  EyeOff,
  Keyboard,
  LogOut,
  Settings,
  SmilePlus,
  UserRound,
} from 'lucide-react'
import type { KeyboardEvent, ReactNode } from 'react'
import { useEffect, useRef, useState } from 'react'
import { Avatar } from '../../components/avatar'
import { openKeys } from '../../lib/commands'
import { openPlace } from '../../lib/navigate'
import { settingsPath } from '../../lib/place'
import { usePresence, useStatus } from '../../lib/presence/use-presence'
import { useViewer } from '../../lib/session/use-session'
import { DisplayNameDialog } from './display-name-dialog'
import { StatusDialog } from './status-dialog'
import { useLeaving } from './use-leaving'
import { useSetHidden } from './use-privacy'
import { useReceiptPrivacy } from './use-receipt-privacy'

/** The viewer's own menu: status, privacy, the profile, and sign-out. */
export function ProfileMenu() {
  const viewer = useViewer()
  const { leave, question } = useLeaving()
  const [open, setOpen] = useState(false)
  const [editing, setEditing] = useState<'name' | 'status' | null>(null)
  const status = useStatus(viewer.id)
  const isHidden = usePresence(viewer.id)?.isHidden ?? null
  const setHidden = useSetHidden()
  const [hidesReceipts, setReceiptsHidden] = useReceiptPrivacy(open)
  const root = useRef<HTMLDivElement>(null)
  const trigger = useRef<HTMLButtonElement>(null)
  useDismiss(root, open, () => setOpen(false))

  return (
    <div ref={root} className="relative">
      {open && (
        <Menu
          onClose={() => {
            setOpen(false)
            trigger.current?.focus()
          }}
        >
          <Item
            icon={<SmilePlus className="size-4" aria-hidden="true" />}
            onSelect={() => {
              setOpen(false)
              setEditing('status')
            }}
          >
            {status === null ? 'Set a status' : 'Change status'}
          </Item>
          {isHidden !== null && (
            <Item
              icon={
                isHidden ? (
                  <Eye className="size-4" aria-hidden="true" />
                ) : (
                  <EyeOff className="size-4" aria-hidden="true" />
                )
              }
              onSelect={() => {
                setOpen(false)
                void setHidden(!isHidden)
              }}
            >
              {isHidden ? 'Show when I am online' : 'Hide when I am online'}
            </Item>
          )}
          {hidesReceipts !== null && (
            <Item
              icon={
                hidesReceipts ? (
                  <CheckCheck className="size-4" aria-hidden="true" />
                ) : (
                  <Check className="size-4" aria-hidden="true" />
                )
              }
              onSelect={() => {
                setOpen(false)
                void setReceiptsHidden(!hidesReceipts)
              }}
            >
              {hidesReceipts ? 'Show what I have read' : 'Hide what I have read'}
            </Item>
          )}
          <Item
            icon={<UserRound className="size-4" aria-hidden="true" />}
            onSelect={() => {
              setOpen(false)
              setEditing('name')
            }}
          >
            Change display name
          </Item>
          <Item
            icon={<Settings className="size-4" aria-hidden="true" />}
            onSelect={() => {
              setOpen(false)
              openPlace(settingsPath())
            }}
          >
            Settings
          </Item>
          <Item
            icon={<Keyboard className="size-4" aria-hidden="true" />}
            onSelect={() => {
              trigger.current?.focus()
              setOpen(false)
              openKeys()
            }}
          >
            Keyboard shortcuts
          </Item>
          <Item
            icon={<LogOut className="size-4" aria-hidden="true" />}
            onSelect={() => {
              setOpen(false)
              trigger.current?.focus()
              leave()
            }}
          >
            Sign out
          </Item>
        </Menu>
      )}
      <button
        ref={trigger}
        type="button"
        aria-haspopup="menu"
        aria-expanded={open}
        onClick={() => setOpen(!open)}
        className="flex w-full items-center gap-3 rounded-xl p-2 text-left hover:bg-hover"
      >
        <Avatar id={viewer.id} name={viewer.displayName} />
        <span className="sr-only">Your profile</span>
        <span className="min-w-0 flex-1">
          <span className="block truncate text-sm leading-5 font-medium">{viewer.displayName}</span>
          <span className="block truncate text-xs text-faint">
            {status === null ? `@${viewer.username}` : [status.emoji, status.text].filter(Boolean).join(' ')}
            {isHidden === true && ' · hidden'}
          </span>
        </span>
        <ChevronsUpDown className="size-4 text-faint" aria-hidden="true" />
      </button>
      {question}
      {editing === 'name' && <DisplayNameDialog onClose={() => setEditing(null)} />}
      {editing === 'status' && <StatusDialog status={status} onClose={() => setEditing(null)} />}
    </div>
  )
}

function useDismiss(root: { readonly current: HTMLElement | null }, open: boolean, dismiss: () => void): void {
  useEffect(() => {
    if (!open) return
    const onPointer = (event: PointerEvent) => {
      if (event.target instanceof Node && root.current?.contains(event.target) !== true) dismiss()
    }
    document.addEventListener('pointerdown', onPointer)
    return () => document.removeEventListener('pointerdown', onPointer)
  })
}

function Menu({ children, onClose }: { readonly children: ReactNode; readonly onClose: () => void }) {
  const ref = useRef<HTMLDivElement>(null)
  useEffect(() => ref.current?.querySelector('button')?.focus(), [])
  const onKeyDown = (event: KeyboardEvent<HTMLDivElement>) => {
    const items = [...event.currentTarget.querySelectorAll('button')]
    const at = items.findIndex((item) => item === document.activeElement)
    const step = { ArrowDown: 1, ArrowUp: items.length - 1 }[event.key]
    if (step !== undefined) {
      event.preventDefault()
      items[(at + step) % items.length]?.focus()
    } else if (event.key === 'Escape' || event.key === 'Tab') {
      if (event.key === 'Escape') event.preventDefault()
      onClose()
    }
  }
  return (
    <div
      ref={ref}
      role="menu"
      aria-label="Your profile"
      onKeyDown={onKeyDown}
      className="animate-rise absolute inset-x-0 bottom-full z-20 mb-2 rounded-xl border border-line bg-raised p-1 shadow-float"
    >
      {children}
    </div>
  )
}

interface ItemProps {
  readonly icon: ReactNode
  readonly children: ReactNode
  readonly onSelect: () => void
}

function Item({ icon, children, onSelect }: ItemProps) {
  return (
    <button
      type="button"
      role="menuitem"
      onClick={onSelect}
      className="flex w-full items-center gap-3 rounded-lg px-3 py-2 pointer-coarse:min-h-11 text-left text-sm -outline-offset-2! hover:bg-hover focus:bg-hover"
    >
      <span className="text-soft">{icon}</span>
      {children}
    </button>
  )
}
