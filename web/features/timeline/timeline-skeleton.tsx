const lines = [
  ['w-24', 'w-3/5', 'w-2/5'],
  ['w-32', 'w-4/6'],
  ['w-20', 'w-1/2', 'w-3/4', 'w-1/3'],
  ['w-28', 'w-2/5'],
  ['w-24', 'w-3/5'],
]

/** The placeholder of a conversation while it is loading. */
export function TimelineSkeleton() {
  return (
    <div
      role="status"
      aria-label="Loading messages"
      className="flex min-h-0 flex-1 flex-col justify-end gap-6 overflow-hidden px-5 pb-5"
    >
      {lines.map(([name, ...texts], index) => (
        <div key={index} className="flex gap-3">
          <span className="shimmer size-9 rounded-full!" />
          <span className="flex-1 space-y-2.5 pt-1">
            <span className={`shimmer block h-3 ${name}`} />
            {texts.map((width) => (
              <span key={width} className={`shimmer block h-3 max-w-xl ${width}`} />
            ))}
          </span>
        </div>
      ))}
    </div>
  )
}
