'use client'

import type { LucideIcon } from 'lucide-react'
import { Apple, Clock3, Flag, Hash, Lightbulb, PawPrint, Plane, Search, Smile, Trophy, UsersRound } from 'lucide-react'
import { useDeferredValue, useMemo, useRef, useState } from 'react'

import { type EmojiChoicesStore, emojiChoicesOf, type SkinTone } from '../../lib/emoji/emoji-choices'
import { type EmojiEntry, type EmojiGroup, inTone } from '../../lib/emoji/emoji-data'
import { searchEmoji } from '../../lib/emoji/search-emoji'
import { useViewer } from '../../lib/session/use-session'
import { useStore } from '../../lib/use-store'
import { EmojiGrid, type GridHandle } from './emoji-grid'
import type { Section } from './grid'
import { SkinTones } from './skin-tones'
import { useEmojiGroups } from './use-emoji-groups'

interface Props {
  readonly onPick: (emoji: string) => void
}

const icons: Readonly<Record<string, LucideIcon>> = {
  recent: Clock3,
  smileys: Smile,
  people: UsersRound,
  nature: PawPrint,
  food: Apple,
  places: Plane,
  activities: Trophy,
  objects: Lightbulb,
  symbols: Hash,
  flags: Flag,
}

/** All emoji with search, categories, skin tones and the recent ones. Fills its parent, which decides about focus and closing. */
export function EmojiPicker({ onPick }: Props) {
  const choices = emojiChoicesOf(useViewer().id)
  const { groups, failed, retry } = useEmojiGroups()
  return (
    <div className="flex h-[min(26rem,70dvh)] flex-col sm:w-92">
      {groups === null ? (
        <Waiting failed={failed} retry={retry} />
      ) : (
        <Loaded
          groups={groups}
          choices={choices}
          onPick={(emoji) => {
            choices.use(emoji)
            onPick(emoji)
          }}
        />
      )}
    </div>
  )
}

function Waiting({ failed, retry }: { readonly failed: boolean; readonly retry: () => void }) {
  return (
    <div className="grid flex-1 place-items-center p-6 text-center text-sm text-faint">
      {failed ? (
        <p role="alert">
          The emoji could not be loaded.{' '}
          <button type="button" onClick={retry} className="font-medium text-link underline underline-offset-4">
            Try again
          </button>
        </p>
      ) : (
        <p role="status">Loading emoji…</p>
      )}
    </div>
  )
}

interface LoadedProps {
  readonly groups: readonly EmojiGroup[]
  readonly choices: EmojiChoicesStore
  readonly onPick: (emoji: string) => void
}

function Loaded({ groups, choices, onPick }: LoadedProps) {
  const [query, setQuery] = useState('')
  const [shown, setShown] = useState<EmojiEntry | null>(null)
  const grid = useRef<GridHandle>(null)
  const search = useRef<HTMLInputElement>(null)
  const { tone } = useStore(choices)
  const sections = useSections(groups, choices, useDeferredValue(query))
  const found = sections.reduce((sum, { entries }) => sum + entries.length, 0)
  return (
    <>
      <div className="flex items-center gap-2 p-3 pb-2">
        <label className="flex h-9 min-w-0 flex-1 items-center gap-2 rounded-lg border border-line-strong bg-paper px-2.5 focus-within:border-focus focus-within:outline-1 focus-within:outline-focus">
          <Search className="size-4 shrink-0 text-faint" aria-hidden="true" />
          <input
            ref={search}
            data-autofocus
            type="search"
            aria-label="Search emoji"
            placeholder="Search emoji"
            autoComplete="off"
            value={query}
            onChange={(event) => setQuery(event.target.value)}
            onKeyDown={(event) => {
              if (event.nativeEvent.isComposing) return
              if (event.key !== 'ArrowDown' && event.key !== 'Enter') return
              event.preventDefault()
              if (event.key === 'ArrowDown') grid.current?.enter()
              else if (query !== '') grid.current?.pickFirst()
            }}
            className="min-w-0 flex-1 bg-transparent text-base outline-none placeholder:text-faint sm:text-sm"
          />
        </label>
        <SkinTones tone={tone} onChoose={(next) => choices.choose(next)} />
      </div>
      {query === '' && <Categories sections={sections} onGo={(id) => grid.current?.scrollTo(id)} />}
      <p role="status" className="sr-only">
        {query === '' ? '' : `${found} emoji found`}
      </p>
      {found === 0 ? (
        <p className="grid flex-1 place-items-center p-6 text-sm text-faint">No emoji is called “{query}”.</p>
      ) : (
        <EmojiGrid
          key={query === '' ? 'all' : 'found'}
          ref={grid}
          sections={sections}
          tone={tone}
          onPick={onPick}
          onShow={setShown}
          onLeave={(typed) => {
            search.current?.focus()
            if (typed !== '') setQuery(query + typed)
          }}
        />
      )}
      <Preview entry={shown} tone={tone} />
    </>
  )
}

/** Beside a mouse or a keyboard: what the emoji is called. */
function Preview({ entry, tone }: { readonly entry: EmojiEntry | null; readonly tone: SkinTone }) {
  return (
    <div
      aria-hidden="true"
      className="hidden h-11 shrink-0 items-center gap-2.5 border-t border-line px-4 text-sm text-faint pointer-fine:flex"
    >
      {entry === null ? (
        'Pick an emoji'
      ) : (
        <>
          <span className="text-2xl leading-none">{inTone(entry, tone)}</span>
          <span className="min-w-0 truncate text-ink">{entry.name}</span>
          {entry.shortcodes[0] !== undefined && <span className="min-w-0 truncate">:{entry.shortcodes[0]}:</span>}
        </>
      )}
    </div>
  )
}

interface CategoriesProps {
  readonly sections: readonly Section[]
  readonly onGo: (id: string) => void
}

function Categories({ sections, onGo }: CategoriesProps) {
  return (
    <div role="group" aria-label="Categories" className="flex justify-between border-b border-line px-2 pb-1.5">
      {sections
        .filter(({ entries }) => entries.length > 0)
        .map(({ id, name }) => {
          const Icon = icons[id] ?? Smile
          return (
            <button
              key={id}
              type="button"
              aria-label={name}
              title={name}
              onClick={() => onGo(id)}
              className="grid size-8 shrink-0 place-items-center rounded-lg text-soft hover:bg-hover hover:text-ink"
            >
              <Icon className="size-4.5" aria-hidden="true" />
            </button>
          )
        })}
    </div>
  )
}

const mostFound = 180

/** The recent ones are those of when it was opened: they must not move under the finger. */
function useSections(groups: readonly EmojiGroup[], choices: EmojiChoicesStore, query: string): readonly Section[] {
  const [recent] = useState(() => choices.get().recent)
  return useMemo(() => {
    const all = groups.flatMap(({ entries }) => entries)
    if (query.trim() !== '') return [{ id: 'found', name: 'Found', entries: searchEmoji(all, query, mostFound) }]
    return [{ id: 'recent', name: 'Recently used', entries: recentEntries(all, recent) }, ...groups]
  }, [groups, recent, query])
}

/** As they were used, in their own skin tone. */
function recentEntries(all: readonly EmojiEntry[], recent: readonly string[]): readonly EmojiEntry[] {
  const byEmoji = new Map(all.flatMap((entry) => [entry.emoji, ...entry.skins].map((emoji) => [emoji, entry] as const)))
  return recent.flatMap((emoji) => {
    const entry = byEmoji.get(emoji)
    return entry === undefined ? [] : [{ ...entry, emoji, skins: [] }]
  })
}
