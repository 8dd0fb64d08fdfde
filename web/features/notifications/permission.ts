'use client'

import { Store } from '../../lib/store'

/** `unsupported`: by this browser, or at an address without https. */
export type Permission = NotificationPermission | 'unsupported'

function permissionNow(): Permission {
  // Locks decide which tab rings. Both exist in secure contexts only.
  if (typeof window === 'undefined' || !('Notification' in window) || !('locks' in navigator)) return 'unsupported'
  if (Notification.permission !== 'granted' && !isConstructible()) return 'unsupported'
  return Notification.permission
}

/** Browsers on Android have the class, and show only what a service worker tells. Without the permission nothing is seen. */
function isConstructible(): boolean {
  try {
    new Notification('').close()
    return true
  } catch {
    return false
  }
}

export const permissionStore = new Store<Permission>(permissionNow())

/** Asks the viewer, who has just said that they want it. */
export async function askPermission(): Promise<void> {
  permissionStore.set(await Notification.requestPermission())
}

/** This browser turned out to show nothing. */
export const noteUnsupported = (): void => permissionStore.set('unsupported')

/** Follows what is changed in the settings of the browser; returns how to stop. */
export function followPermission(): () => void {
  let status: PermissionStatus | null = null
  let isStopped = false
  const changed = () => permissionStore.set(permissionNow())
  const follow = async () => {
    try {
      const found = await navigator.permissions.query({ name: 'notifications' })
      if (isStopped) return
      status = found
      status.addEventListener('change', changed)
    } catch {
      // It is read again when the page is opened again.
    }
  }
  void follow()
  return () => {
    isStopped = true
    status?.removeEventListener('change', changed)
  }
}
