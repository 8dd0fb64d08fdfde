import type { MetadataRoute } from 'next'
import { frameColours } from '../lib/first-paint'

/** What makes the client an app that can be installed. The icons are drawn by scripts/icons.ts. */
export default function manifest(): MetadataRoute.Manifest {
  return {
    id: '/',
    name: 'Parley',
    short_name: 'Parley',
    description: 'Conversations that arrive at once, on your own server.',
    lang: 'en',
    dir: 'ltr',
    start_url: '/',
    scope: '/',
    display: 'standalone',
    theme_color: frameColours.light,
    background_color: '#fdfcfa',
    categories: ['social', 'productivity'],
    icons: [
      { src: '/icons/icon-192.png', sizes: '192x192', type: 'image/png' },
      { src: '/icons/icon-512.png', sizes: '512x512', type: 'image/png' },
      { src: '/icons/maskable-512.png', sizes: '512x512', type: 'image/png', purpose: 'maskable' },
    ],
    shortcuts: [
      { name: 'New conversation', url: '/new' },
      { name: 'Threads', url: '/threads' },
      { name: 'Bookmarks', url: '/bookmarks' },
    ],
    share_target: {
      action: '/share',
      method: 'GET',
      enctype: 'application/x-www-form-urlencoded',
      params: { title: 'title', text: 'text', url: 'url' },
    },
  }
}
